"""What a page elsewhere says about itself: a title, a sentence, a picture. Its HTML is read and never shown."""

from mesange.kit.previews.fetching import Preview, fetch_preview
from mesange.kit.previews.pointing import me_links, points_to
from mesange.kit.previews.saying import Said, read_page

__all__ = ["Preview", "Said", "fetch_preview", "me_links", "points_to", "read_page"]
