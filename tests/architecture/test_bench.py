"""The measurements still find the site they measure; what they measure is said by `make bench`."""

from pathlib import Path

from bench.matter import answers
from bench.site import make_site
from participation.kernel.database import connect, unit_of_work
from participation.kernel.versions import version_of


def test_the_site_under_measurement_can_be_made(tmp_path: Path) -> None:
    site = make_site(tmp_path, 12)
    assert site.topic.state == "published" and len(site.topic.questions) == 10
    assert len(site.pages(5)) == 5 and len(site.posts(2, 10)) == 10
    assert len(answers(site.topic, 3)) == 11
    base = connect(f"sqlite:///{site.file}")
    with unit_of_work(writes=False):
        assert version_of(f"consultation:{site.topic.id}") >= 1
    base.dispose()
