"""The site's own address for what is read outside a request: letters, papers, QR codes."""

from urllib.parse import urljoin, urlsplit

_site = ""


def use_site(url: str) -> None:
    """Set the address of the site for this process."""
    global _site
    _site = url.rstrip("/") + "/"


def absolute(path: str) -> str:
    """The whole address of a path of this site; a whole address stays as it is."""
    if not _site:
        raise RuntimeError("no address of the site: call use_site() first")
    return urljoin(_site, path.lstrip("/") if path.startswith("/") else path)


def host() -> str:
    """The host name of the site, for Message-IDs."""
    return urlsplit(_site).hostname or "localhost"
