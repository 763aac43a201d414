"""Across newsletter and alerts: an item reaches a person once, in whatever order things happen."""

import datetime as dt
import uuid

from django.core.cache import cache
from django.db import transaction

from wagtail.models import Page

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.announcements import announce
from core.models import Announcement, AnnouncementKind
from core.models.theme import PageTheme
from newsletter import editions_told
from newsletter.alerts import sending
from newsletter.alerts.calendar import NO_NEWSLETTER
from newsletter.alerts.morning import send_due
from newsletter.alerts.news import news_since
from newsletter.alerts.stopping import Stoppable, stop
from newsletter.collecting import told_between
from newsletter.following import asking
from newsletter.models import Delivery, Edition, EditionPage, Follow, Frequency, FrozenMail
from newsletter.parts import Content, Item
from participants.enums import Method
from participants.models import Participant
from tests.newsletter.editions import make_newsletters
from tests.newsletter.follows import DAY, MONDAY, make_follow, make_person
from tests.research import make_research

pytestmark = pytest.mark.django_db

NEVER_ENDS = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
MOST_STEPS = 14
LONGEST_CLOSED = 10
"""Days: what is closed for longer is no news when it comes back."""


class World:
    """Studies in two languages, a reader who follows both languages of a theme, and editions."""

    def __init__(self, pages, newsletters):
        self.now = MONDAY
        self.pages, self.newsletters = pages, newsletters
        self.closed: dict[int, int] = {}
        self.reached: list[str] = []
        self.editions: list[Edition] = []
        self.cutoff = self.now
        self.person = make_person(f"{uuid.uuid4().hex}@voorbeeld.example")
        for language, frequency in (("nl", "daily"), ("en", "newsletter")):
            make_follow(self.person, "theme=draagvlak", frequency, self.now, language=language)

    # --- what editors do --------------------------------------------------

    def publish(self, work, language):
        page = self.pages[work][language]
        Page.objects.filter(pk=page.pk).update(live=True, first_published_at=self.now)
        self.closed.pop(page.pk, None)
        announce(page=Page.objects.get(pk=page.pk))
        Announcement.objects.filter(page=page.pk, kind="new", at__lt=MONDAY).update(at=self.now)

    def unpublish(self, work, language):
        page = self.pages[work][language]
        if Page.objects.filter(pk=page.pk, live=True).update(live=False):
            self.closed[page.pk] = 0

    def correct(self, work, language):
        """Correct one language now and the others an hour later, as one correction."""
        about = uuid.uuid4()
        for number, page in enumerate(self.pages[work].values()):
            if Announcement.objects.filter(page=page.pk).exists():
                line = announce(page=page, kind=AnnouncementKind.CORRECTED, about=about)
                at = self.now + dt.timedelta(hours=number)
                Announcement.objects.filter(pk=line.pk).update(at=at)

    def send_edition(self, work, language):
        """Approve an edition with everything since the last one, and make the deliveries."""
        news = told_between(self.cutoff, self.now)
        if not news:
            return
        self.cutoff = self.now
        edition = Edition.objects.create(
            title="E", state="sending", approved_at=self.now, queued_at=self.now
        )
        for parent in self.newsletters:
            self._freeze(edition, parent, news)
        state = "skipped" if self.person.paused_until else "queued"
        mail = edition.mails.get(language=self.person.language)
        Delivery.objects.create(edition=edition, participant=self.person, mail=mail, state=state)
        self.editions.append(edition)

    def _freeze(self, edition, parent, news):
        code = parent.locale.language_code
        items = []
        for one in news:
            page = one.page_in(code)
            items.append(Item("research", "x", "x", page.url, work=str(one.work), news=one.news))
        content = Content("E", "E", "E", code, "/", tuple(items))
        page = EditionPage(title="E", slug=f"e{edition.pk}", edition=edition, locale=parent.locale)
        parent.add_child(instance=page)
        EditionPage.objects.filter(pk=page.pk).update(approved=content.as_json())
        FrozenMail.objects.create(edition=edition, language=code, subject="E", html="x", text="x")

    def deliver(self, work, language):
        self._settle("sent")

    def refuse(self, work, language):
        self._settle("permanent")

    def _settle(self, state):
        for edition in self.editions:
            row = Delivery.objects.filter(edition=edition, state="queued").first()
            if row is None:
                continue
            left_out = editions_told.told_by_alerts(edition, [self.person.pk])
            gone = left_out.get(self.person.pk, frozenset())
            news = editions_told.news_of(edition)[self.person.language]
            if state == "sent":
                self.reached += [
                    name
                    for name, urls in news.addresses.items()
                    if not urls & gone
                    if Announcement.objects.filter(page__translation_key=name[:36]).exists()
                    and self.was_announced(name)
                ]
            Delivery.objects.filter(pk=row.pk).update(state=state)
            Edition.objects.filter(pk=edition.pk).update(state="sent", finished_at=self.now)

    def was_announced(self, name):
        """An item that is new stands under every kind of new; one of them was announced."""
        return any(line.item == name for line in news_since(MONDAY - DAY))

    # --- what the reader does ---------------------------------------------

    def pause(self, work, language):
        until = None if self.person.paused_until else NEVER_ENDS
        Participant.objects.filter(pk=self.person.pk).update(paused_until=until)
        self.person.refresh_from_db()

    def other_pace(self, work, language):
        for follow in self.person.follows.filter(language=language):
            values = Frequency.values
            follow.frequency = values[(values.index(follow.frequency) + 1) % len(values)]
            follow.save()

    def stop_and_begin_again(self, work, language):
        follow = self.person.follows.get(language=language)
        stop(Stoppable(self.person, [follow]), Method.LINK)
        self.now += dt.timedelta(minutes=1)
        follow.refresh_from_db()
        asked = asking.Asked(follow, Frequency(follow.frequency), None, self.now)
        asking.confirm(asked, "/", at=self.now)

    # --- time -------------------------------------------------------------

    def run(self, work, language):
        send_due(self.now)

    def next_day(self, work, language):
        self.now += DAY
        for page in list(self.closed):
            self.closed[page] += 1
            if self.closed[page] == LONGEST_CLOSED:
                Page.objects.filter(pk=page).update(live=True)
                del self.closed[page]

    def end(self):
        """Let everything settle: all pages open, no pause, mails under way refused."""
        for page in list(self.closed):
            Page.objects.filter(pk=page).update(live=True)
        if self.person.paused_until:
            self.pause(0, "")
        self.refuse(0, "")
        self.now += NO_NEWSLETTER
        for _morning in range(2):
            self.next_day(0, "")
            self.run(0, "")

    def owed(self):
        """The items that a follow which was never stopped since then must have brought."""
        sent = Delivery.objects.filter(participant=self.person, state="sent")
        told = [
            editions_told.news_of(row.edition)[self.person.language]
            for row in sent.select_related("edition")
        ]
        began = Follow.objects.get(participant=self.person, language="nl").confirmed_at
        lines = [line for line in news_since(began) if line.at <= self.now]
        return {one.item for one in lines if not any(news.tells(one) for news in told)}


STEPS = [
    *[World.publish] * 3, *[World.run] * 4, *[World.next_day] * 4, World.unpublish,
    World.correct, World.send_edition, World.send_edition, World.deliver, World.refuse,
    World.pause, World.other_pace, World.stop_and_begin_again,
]  # fmt: skip


@pytest.fixture
def studies(site_tree):
    """Two studies, each in both languages, none of them open yet."""
    newsletters = make_newsletters(site_tree)
    pages = []
    for title in ("Eerste", "Tweede"):
        dutch = make_research(site_tree.library, title, theme=site_tree.theme)
        english = dutch.copy_for_translation(site_tree.en)
        english.save_revision()
        for page in (dutch, english):
            if not PageTheme.objects.filter(page=page.pk).exists():
                PageTheme.objects.create(page_id=page.pk, theme=site_tree.theme)
        pages.append({"nl": dutch, "en": english})
    Page.objects.filter(pk__in=[p.pk for both in pages for p in both.values()]).update(live=False)
    Announcement.objects.all().delete()
    return pages, newsletters


@settings(
    max_examples=20,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(st.sampled_from(STEPS), st.integers(0, 1), st.sampled_from(["nl", "en"])),
        max_size=MOST_STEPS,
    )
)
def test_once_across_newsletter_and_alerts(monkeypatch, studies, steps):
    cache.clear()
    with transaction.atomic():
        world = World(*studies)
        monkeypatch.setattr(
            sending,
            "_send",
            lambda row, alert, groups: world.reached.extend(
                item for group in groups for one in group.found for item in one.items
            ),
        )
        for step, work, language in steps:
            step(world, work, language)
            world.now += dt.timedelta(seconds=1)
            assert len(world.reached) == len(set(world.reached))
        world.end()
        assert len(world.reached) == len(set(world.reached))
        assert world.owed() <= set(world.reached)
        transaction.set_rollback(True)
