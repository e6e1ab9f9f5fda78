"""P10: the official's summary page with a million and with ten thousand answers behind it."""

from typing import Final

from bench.counts import Crowd
from bench.loading import fetch, request
from bench.million import frozen, gathered
from bench.site import Site, product
from bench.targets import Measured

FEW: Final = 10_000
REQUESTS: Final = 200


def measure(site: Site, crowd: Crowd, rounds: int) -> list[Measured]:
    """CPU a request of both pages on one server, by turns."""
    few, _facts = gathered(site, "水", FEW)
    pages = [f"/desk/dossiers/{frozen(frame)}" for frame in (crowd.frame, few)]
    asked = [[request(page, cookie=site.official)] * REQUESTS for page in pages]
    with product(site) as server:
        sizes = [len(fetch(server.port, page, site.official)[2]) for page in pages]
        for requests in asked:
            server.warm(requests)
        pairs = []
        for turn in range(rounds):
            order = (0, 1) if turn % 2 else (1, 0)
            costs = {place: server.drive(asked[place]) for place in order}
            pairs.append((costs[0].cpu, costs[1].cpu))
    figures = {
        "CPU ms of 1 M": min(many for many, _few in pairs),
        "of 10,000": min(few for _many, few in pairs),
        "bytes": f"{sizes[0]} and {sizes[1]}",
    }
    return [Measured("P10", tuple(many / few for many, few in pairs), figures)]
