"""A world in which everything can happen to the rows of an edition, in any order."""

from __future__ import annotations

import collections
import dataclasses
import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from newsletter.delivery import claiming, control, guard, ledger, looking_after
from newsletter.delivery.claiming import Job
from newsletter.delivery.ledger import Ended
from newsletter.delivery.outcomes import Answer, Stage, judge
from newsletter.enums import DeliveryState, EditionState, SkipReason
from newsletter.models import Delivery, Edition, Installation, Sender
from participants import standing
from participants.consent import give, mailable, withdraw
from participants.enums import Method, Purpose, State
from participants.models import Participant
from tests.newsletter.sending import scheduled

PEOPLE = 3
SENDERS = "ab"
FAR = "elsewhere:1:1"
UNFINISHED = ("queued", "claimed", "attempting", "temporary")
TAKEN = Answer(Stage.MESSAGE, 250, "2.0.0 queued")


@dataclasses.dataclass
class Hand:
    """What one sender holds in memory."""

    key: str
    claimed: list[Job] = dataclasses.field(default_factory=list)
    begun: list[Job] = dataclasses.field(default_factory=list)


class World:
    """The rows of an edition, who works on them, and what the server took."""

    def __init__(self) -> None:
        self.people = list(Participant.objects.order_by("pk"))
        self.edition = scheduled()
        self.hands = {one: Hand(f"{one}{self.edition.pk}".ljust(32, "-")) for one in SENDERS}
        for hand in self.hands.values():
            self.sign_on(hand)
        guard.admit()
        looking_after.begin_due()
        self.rows = {row.participant_id: row.pk for row in self.edition.deliveries.all()}
        self.taken: collections.Counter[int] = collections.Counter()
        self.allowed: collections.Counter[int] = collections.Counter()
        """Copies beyond the first that an editor chose to risk."""
        self.overtaken: set[tuple[str, int]] = set()
        """Sent again by an editor while a slow sender was still at it."""
        self.settled_by_hand: set[int] = set()
        self.refused: set[int] = set()
        self.kept: tuple[list[dict[str, Any]], dict[str, Any], int] | None = None
        self.is_put_back = False

    def sign_on(self, hand: Hand) -> None:
        now = timezone.now()
        Sender.objects.create(key=hand.key, name=FAR, connections=1, started_at=now, seen_at=now)

    def state(self) -> str:
        return Edition.objects.get(pk=self.edition.pk).state

    # --- Senders -------------------------------------------------------------

    def claim(self, one: str, most: int) -> None:
        if guard.why_not_here():
            return
        hand = self.hands[one]
        may = set(mailable(Purpose.NEWSLETTER).values_list("pk", flat=True))
        jobs = claiming.claim(hand.key, most)
        assert {job.person.pk for job in jobs} <= may
        hand.claimed += jobs

    def begin(self, one: str) -> None:
        hand = self.hands[one]
        if hand.claimed and not hand.begun:
            job = hand.claimed.pop(0)
            before = Delivery.objects.get(pk=job.delivery)
            begun = ledger.commit(hand.key, [], [job])
            if begun:
                assert self.state() == EditionState.SENDING
                assert before.claim == hand.key and before.participant_id
                hand.begun.append(job)

    def hears(self, one: str, answer: Answer, was_taken: bool) -> None:
        hand = self.hands[one]
        if not hand.begun:
            return
        job = hand.begun.pop()
        if answer.stage is Stage.MESSAGE and (
            answer.code == 250 or (was_taken and answer.code in (0, 999))
        ):
            self.taken[job.delivery] += 1
        elif (hand.key, job.delivery) in self.overtaken:
            self.allowed[job.delivery] -= 1  # it came to nothing: there is one copy after all
        self.overtaken.discard((hand.key, job.delivery))
        if 500 <= answer.code < 600:
            self.refused.add(job.delivery)
        ledger.commit(hand.key, [Ended(job, judge(answer))], [])

    def is_refused(self, one: str, answer: Answer) -> None:
        hand = self.hands[one]
        if hand.claimed:
            job = hand.claimed.pop()
            if 500 <= answer.code < 600:
                self.refused.add(job.delivery)
            ledger.commit(hand.key, [Ended(job, judge(answer), was_begun=False)], [])

    def puts_back(self, one: str) -> None:
        hand = self.hands[one]
        claiming.release([job.delivery for job in hand.claimed], hand.key)
        hand.claimed = []

    def dies(self, one: str) -> None:
        hand = self.hands[one]
        for job in hand.begun:
            self.taken[job.delivery] += 1  # the worst: the server took it
        Sender.objects.filter(key=hand.key).delete()
        looking_after.release_dead()
        self.hands[one] = Hand(hand.key[:-4] + f"{timezone.now().microsecond % 10000:04}")
        self.sign_on(self.hands[one])

    def is_slow(self, one: str) -> None:
        """It is taken for dead, and lives: what it has in hand it still has in hand."""
        long_ago = timezone.now() - 2 * looking_after.LEASE
        Sender.objects.filter(key=self.hands[one].key).update(seen_at=long_ago)
        looking_after.release_dead()
        if not Sender.objects.filter(key=self.hands[one].key).exists():
            self.sign_on(self.hands[one])

    def beat(self) -> None:
        for hand in self.hands.values():
            trouble = guard.why_not_here()
            if not looking_after.look_alive(
                hand.key, rate=0, trouble=trouble, may_send=not trouble
            ):
                self.sign_on(hand)

    def retry(self) -> None:
        Delivery.objects.filter(state=DeliveryState.TEMPORARY).update(retry_at=timezone.now())
        looking_after.wake_temporary()

    def finish(self) -> None:
        looking_after.finish_done()
        if self.state() == EditionState.SENT:
            assert not self.edition.deliveries.filter(state__in=UNFINISHED).exists()

    # --- Editors -------------------------------------------------------------

    def pause(self) -> None:
        if self.state() == EditionState.SENDING:
            control.pause(self.edition)

    def resume(self) -> None:
        if self.state() == EditionState.PAUSED:
            control.resume(self.edition)

    def stop(self) -> None:
        if self.state() in (EditionState.SENDING, EditionState.PAUSED):
            control.stop(self.edition)

    def _one_in_doubt(self) -> list[int]:
        return list(self.edition.deliveries.in_doubt().values_list("pk", flat=True)[:1])

    def considered_sent(self) -> None:
        found = self._one_in_doubt()
        control.consider_sent(found, None)
        self.settled_by_hand.update(found)

    def sent_again(self) -> None:
        found = self._one_in_doubt()
        control.send_again(found, None)
        for row in found:
            slow = [
                (hand.key, row)
                for hand in self.hands.values()
                if any(job.delivery == row for job in hand.begun)
            ]
            self.overtaken.update(slow)
            self.allowed[row] = max(self.allowed[row], self.taken[row] + len(slow))

    # --- People --------------------------------------------------------------

    def _person(self, number: int) -> Participant | None:
        found = Participant.objects.get(pk=self.people[number].pk)
        return None if found.state == State.ERASED else found

    def leaves(self, number: int) -> None:
        if person := self._person(number):
            withdraw(person, Purpose.NEWSLETTER, method=Method.LINK)

    def comes_back(self, number: int) -> None:
        if (person := self._person(number)) and person.state == State.UNSUBSCRIBED:
            give(person, Purpose.NEWSLETTER, method=Method.CONFIRMED)

    def silences(self, number: int) -> None:
        until = timezone.now() + dt.timedelta(days=9)
        Participant.objects.filter(pk=self.people[number].pk).update(paused_until=until)

    def moves(self, number: int) -> None:
        if person := self._person(number):
            new = f"new{timezone.now().timestamp()}@example.org"
            standing.change_address(person, new)

    def is_erased(self, number: int) -> None:
        if person := self._person(number):
            standing.erase(person)

    # --- A database that is put back -------------------------------------------

    def backup(self) -> None:
        """Keep a copy. The next beat of a sender moves the mark in the data folder past it."""
        self.kept = (
            list(self.edition.deliveries.values()),
            Edition.objects.filter(pk=self.edition.pk).values().get(),
            Installation.objects.get().step,
        )

    def restore(self) -> None:
        if self.kept is None or Installation.objects.get().step <= self.kept[2]:
            return
        rows, edition, step = self.kept
        erased = set(Participant.objects.filter(state=State.ERASED).values_list("pk", flat=True))
        with transaction.atomic():
            for row in rows:
                if row["participant_id"] not in erased:
                    Delivery.objects.filter(pk=row["id"]).update(**row)
            Edition.objects.filter(pk=edition["id"]).update(**edition)
            Installation.objects.update(step=step)
        for one in SENDERS:  # putting back ends every connection
            hand = self.hands[one]
            for job in hand.begun:
                self.taken[job.delivery] += 1
            hand.claimed, hand.begun = [], []
        self.is_put_back = True

    def send_from_here(self) -> None:
        """An operator says so; editors were asked, so what goes out after is by their will."""
        if self.is_put_back:
            assert guard.why_not_here()
            Edition.objects.filter(state=EditionState.SENDING).update(state=EditionState.PAUSED)
            guard.admit()
            self.is_put_back = False
            looking_after.release_dead()
            for key in self.rows.values():
                self.allowed[key] = max(self.allowed[key], self.taken[key])

    # --- What must hold ----------------------------------------------------------

    def check(self) -> None:
        rows = list(self.edition.deliveries.all())
        assert sorted(row.pk for row in rows) == sorted(self.rows.values())
        for row in rows:
            assert self.taken[row.pk] <= 1 + self.allowed[row.pk]
            if row.state == DeliveryState.SENT and row.pk not in self.settled_by_hand:
                assert self.taken[row.pk]
            if row.state == DeliveryState.PERMANENT:
                assert row.pk in self.refused
            if row.state == DeliveryState.IN_DOUBT:
                assert row.address or row.participant_id is None
            assert bool(row.skipped_because) or row.state != DeliveryState.SKIPPED
        if not self.is_put_back:
            begun = sum(len(hand.begun) for hand in self.hands.values())
            at_work = [row for row in rows if row.state == DeliveryState.ATTEMPTING]
            assert len(at_work) <= begun
        if self.is_put_back:
            assert guard.why_not_here()

    def drain(self) -> None:
        """Let all go well from here on; then everybody has it, or a row says why not."""
        for one in SENDERS:
            self.hears(one, TAKEN, True)
            self.puts_back(one)
        if self.is_put_back:
            self.send_from_here()
        self.resume()
        for _round in range(3 * PEOPLE):
            self.retry()
            self.claim("a", 1)
            self.begin("a")
            self.hears("a", TAKEN, True)
            self.check()
        looking_after.finish_done()
        assert self.state() in (EditionState.SENT, EditionState.STOPPED)
        for row in self.edition.deliveries.select_related("participant"):
            assert row.state not in UNFINISHED or self.state() == EditionState.STOPPED
            if row.state == DeliveryState.SKIPPED:
                self._explained(row)

    def _explained(self, row: Delivery) -> None:
        reason = row.skipped_because
        if reason == SkipReason.STOPPED:
            assert self.state() == EditionState.STOPPED
        elif reason == SkipReason.ERASED:
            assert row.participant is None or row.participant.state == State.ERASED
        else:
            assert reason in (SkipReason.NO_CONSENT, SkipReason.PAUSED)
