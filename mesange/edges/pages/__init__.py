"""Pages: the microblog in a browser. Complete HTML first; htmx, small scripts and a live stream add the rest.

Consumes StatusPublished, StatusReblogged, StatusEdited, StatusDeleted, StatusFavourited, StatusUnfavourited,
         NotificationCreated (to wake the open pages).
Screens  see routes.py, the one table of them.
"""
