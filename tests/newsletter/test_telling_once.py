"""Whatever happens, in whatever order, nobody is told a thing twice, and nothing is lost."""

import datetime as dt
import uuid
from contextlib import suppress

from django.core.cache import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsletter.alerts import morning, sending
from newsletter.alerts.finding import Found
from newsletter.alerts.news import News, item_of
from newsletter.models import Follow
from participants.models import Participant
from tests.newsletter.follows import DAY, MONDAY, make_follow, make_person

pytestmark = pytest.mark.django_db

STEPS = [
    "run",
    "run late",
    "next day",
    "next day",
    "publish",
    "correct",
    "follow",
    "crash",
    "pause",
]


class World:
    """A change log and the mails of one person, in memory."""

    def __init__(self, monkeypatch):
        self.now = MONDAY
        self.log = []
        self.told = []
        self.crashes = False
        self.person = make_person(f"{uuid.uuid4().hex}@voorbeeld.example")
        self.send = sending._send
        monkeypatch.setattr(morning, "news_since", self.since)
        monkeypatch.setattr(morning, "find", self.find)
        monkeypatch.setattr(sending, "_send", self.mail)
        self.follow()

    def since(self, moment):
        return [line for line in self.log if line.at >= moment]

    def find(self, subject, news):
        works = {line.work for line in news}
        return [
            Found(tuple(line for line in news if line.work == work), work, f"/{work}", "nl", "x")
            for work in sorted(works)
        ]

    def mail(self, row, alert, groups):
        if self.crashes:
            raise KeyboardInterrupt
        self.told += [item for group in groups for one in group.found for item in one.items]

    def announce(self, kind):
        number = len(self.log) + 1
        work = f"work-{number}" if kind == "new" else "work-1"
        line = News(item_of(work, kind, number), work, number, "nl", kind, "", self.now)
        self.log.append(line)

    def follow(self):
        number = Follow.objects.filter(participant=self.person).count()
        frequency = ("daily", "weekly")[number % 2]
        make_follow(self.person, f"q=vraag{number}", frequency, self.now)

    def pause(self):
        until = None if self.person.paused_until else dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
        Participant.objects.filter(pk=self.person.pk).update(paused_until=until)
        self.person.refresh_from_db()

    def do(self, step):
        if step == "run":
            morning.send_due(self.now)
        elif step == "run late":
            morning.send_due(self.now + dt.timedelta(hours=14))
        elif step == "next day":
            self.now += DAY
        elif step in ("publish", "correct"):
            self.now += dt.timedelta(seconds=1)
            self.announce("new" if step == "publish" else "corrected")
        elif step == "follow":
            self.follow()
        elif step == "pause":
            self.pause()
        else:
            self.crash()

    def crash(self):
        self.crashes = True
        with suppress(KeyboardInterrupt):
            morning.send_due(self.now)
        self.crashes = False


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.sampled_from(STEPS), max_size=25))
def test_never_twice_and_nothing_lost(monkeypatch, steps):
    cache.clear()
    world = World(monkeypatch)
    for step in steps:
        world.do(step)
        assert len(world.told) == len(set(world.told))
    if world.person.paused_until:
        world.pause()
    for _morning in range(8):
        world.do("next day")
        world.do("run")
    assert sorted(world.told) == sorted({line.item for line in world.log})
    Follow.objects.all().delete()
