"""The first source of a model: its hub, over HTTP.

Plain range requests rather than `huggingface_hub`: they go on from bytes that another source
brought, leave no second copy in a cache, and can be tested against a server of our own.
"""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import DownloadFailed
from qa.model_files import Fetched, Fetching, KnownModel

if TYPE_CHECKING:
    import httpx

_CONNECT = 5.0
"""Seconds until a hub counts as out of reach; short, because there is another source."""
_READ = 30.0
"""Seconds of silence after which the connection counts as lost."""
_ATTEMPTS = 8
"""Connections that may break, each having brought something, before the source is given up."""
_SHA256 = re.compile(r'"?([0-9a-f]{64})"?')


def fetch_from_hub(model: KnownModel, part: Path, *, hub: str) -> Fetching:
    """Bring the model's bytes into `part`, going on where that file ends.

    Returns:
        The SHA-256 that the file should have, hex: the known one, else the hub's word, else "".

    Raises:
        DownloadFailed: If the hub is out of reach, refuses, or keeps breaking off.
    """
    import httpx  # 0.1 s

    url = f"{hub.rstrip('/')}/{model.hub_repo}/resolve/{model.hub_revision}/{model.hub_file}"
    timeout = httpx.Timeout(_READ, connect=_CONNECT)
    with httpx.Client(follow_redirects=True, timeout=timeout) as client:
        for _ in range(_ATTEMPTS):
            before = _length(part)
            if model.size and before == model.size:
                return model.sha256
            try:
                promised = yield from _go_on(client, url, part, size=model.size)
                return model.sha256 or promised
            except httpx.TransportError as error:
                if _length(part) == before:
                    raise DownloadFailed(f"{url}: {error or type(error).__name__}.") from error
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise DownloadFailed(f"{url}: {error}.") from error
    raise DownloadFailed(f"{url}: the connection broke {_ATTEMPTS} times.")


def _go_on(client: "httpx.Client", url: str, part: Path, *, size: int) -> Fetching:
    """Add what is missing to the file, and return the SHA-256 that the server promises."""
    there = _length(part)
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={there}-"} if there else {})
    with client.stream("GET", url, headers=headers) as response:
        if response.status_code == 416 and _range(response) == f"bytes */{there}":
            return _promised(response)
        if not response.is_success:
            raise DownloadFailed(f"{url} answered {response.status_code}.")
        if response.status_code != 206:
            there = 0
        elif not _range(response).startswith(f"bytes {there}-"):
            raise DownloadFailed(f"{url} answered with another range than was asked for.")
        coming = response.headers.get("Content-Length")
        total = there + int(coming) if coming else size
        if size and total != size:  # a network's log-in page, say: what is there stays
            raise DownloadFailed(f"{url} offers {total:,} bytes, not {size:,}.")
        with part.open("ab" if there else "wb") as file:
            for data in response.iter_raw():  # without a size: what came before a break counts
                there += file.write(data)
                yield Fetched(there, total)
        return _promised(response)


def _length(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _range(response: "httpx.Response") -> str:
    return str(response.headers.get("Content-Range", ""))


def _promised(response: "httpx.Response") -> str:
    """The SHA-256 that the hub gives for a large file, before or after it redirects; or ""."""
    for answer in (*response.history, response):
        for header in ("X-Linked-Etag", "ETag"):
            if found := _SHA256.fullmatch(answer.headers.get(header, "")):
                return found.group(1)
    return ""
