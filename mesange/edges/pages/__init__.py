"""Pages: the microblog in a browser. Complete HTML first; htmx, small scripts and a live stream add the rest.

Consumes StatusPublished, StatusReblogged, StatusEdited, StatusDeleted, StatusFavourited, StatusUnfavourited,
         NotificationCreated, NotificationsDismissed, NotificationsBroughtBack, MarkerMoved (to tell the open pages).
Screens  the one table of them is routes.py.
"""
