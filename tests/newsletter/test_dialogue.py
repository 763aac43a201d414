"""What is said to a mail server, whatever it answers and however its octets are cut."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.delivery.dialogue import Dialogue, Unanswered, as_given
from newsletter.delivery.outcomes import Answer, Stage

MESSAGE = b"Subject: x\r\n\r\nHallo\r\n.\r\n"
GROUP = b"MAIL FROM:<a@x.example>\r\nRCPT TO:<b@y.example>\r\nDATA\r\n"
WELCOME = b"250 2.1.0 ok\r\n250 2.1.5 ok\r\n354 go\r\n"


def offer(dialogue: Dialogue, *, is_8bit: bool = False) -> bytes:
    return dialogue.offer("a@x.example", "b@y.example", is_8bit=is_8bit)


def short(verdicts: list[Answer]) -> list[tuple[str, int]]:
    return [(verdict.stage.value, verdict.code) for verdict in verdicts]


def test_an_offer_is_one_group_and_a_mail_goes_with_the_next_offer():
    dialogue = Dialogue(pipelines=True)
    assert offer(dialogue) == GROUP
    assert short(dialogue.take(WELCOME)) == [("data", 354)]
    assert dialogue.give(MESSAGE) + offer(dialogue) == MESSAGE + GROUP
    assert short(dialogue.take(b"250 2.0.0 queued\r\n" + WELCOME)) == [
        ("message", 250),
        ("data", 354),
    ]


def test_without_pipelining_each_command_waits_for_its_answer():
    dialogue = Dialogue(pipelines=False)
    assert offer(dialogue, is_8bit=True) == b"MAIL FROM:<a@x.example> BODY=8BITMIME\r\n"
    assert dialogue.say() == b""
    assert dialogue.take(b"250 ok\r\n") == []
    assert dialogue.say() == b"RCPT TO:<b@y.example>\r\n"
    assert dialogue.take(b"250 ok\r\n") == []
    assert dialogue.say() == b"DATA\r\n"
    assert short(dialogue.take(b"354 go\r\n")) == [("data", 354)]
    assert dialogue.give(MESSAGE) + offer(dialogue) == MESSAGE
    assert short(dialogue.take(b"250 queued\r\n")) == [("message", 250)]
    assert dialogue.say().startswith(b"MAIL FROM:")


@pytest.mark.parametrize(
    ("answers", "verdict", "next_words"),
    [
        (b"550 no\r\n503 no\r\n503 no\r\n", ("sender", 550), b"RSET\r\nMAIL"),
        (b"250 ok\r\n550 5.1.1 who\r\n503 no\r\n", ("recipient", 550), b"RSET\r\nMAIL"),
        (b"250 ok\r\n451 later\r\n554 no\r\n", ("recipient", 451), b"RSET\r\nMAIL"),
        (b"250 ok\r\n250 ok\r\n452 full\r\n", ("data", 452), b"RSET\r\nMAIL"),
        # It goes on without a recipient: an empty text ends what it waits for.
        (b"250 ok\r\n550 who\r\n354 go\r\n", ("recipient", 550), b".\r\nRSET\r\nMAIL"),
    ],
)
def test_the_first_refusal_is_the_verdict(answers, verdict, next_words):
    dialogue = Dialogue(pipelines=True)
    offer(dialogue)
    assert short(dialogue.take(answers)) == [verdict]
    assert not dialogue.is_over
    assert (dialogue.say() + offer(dialogue)).startswith(next_words[:3])


def test_after_an_empty_text_the_next_offer_is_in_step():
    dialogue = Dialogue(pipelines=True)
    offer(dialogue)
    dialogue.take(b"250 ok\r\n550 who\r\n354 go\r\n")
    assert dialogue.say() == b".\r\n"
    assert offer(dialogue) == b"RSET\r\n" + GROUP
    assert short(dialogue.take(b"554 none\r\n250 reset\r\n" + WELCOME)) == [("data", 354)]


def test_without_pipelining_a_refusal_drops_what_was_not_said():
    dialogue = Dialogue(pipelines=False)
    offer(dialogue)
    assert short(dialogue.take(b"550 no\r\n")) == [("sender", 550)]
    assert dialogue.say() == b""
    assert offer(dialogue) == b"RSET\r\n"
    assert dialogue.take(b"250 ok\r\n") == []
    assert dialogue.say().startswith(b"MAIL FROM:")


@pytest.mark.parametrize(
    "closing", [b"421 4.3.2 down\r\n", b"250 ok\r\n421 down\r\n", b"250 ok\r\n250 ok\r\n421 x\r\n"]
)
def test_a_server_that_closes_is_believed_at_once(closing):
    dialogue = Dialogue(pipelines=True)
    offer(dialogue)
    assert [code for _stage, code in short(dialogue.take(closing))] == [421]
    assert dialogue.is_over
    assert dialogue.lost(was_given=True) == Unanswered(None, None)


@pytest.mark.parametrize("was_given", [True, False])
def test_what_was_not_answered_is_in_doubt_only_when_the_last_dot_left(was_given):
    dialogue = Dialogue(pipelines=True)
    offer(dialogue)
    dialogue.take(WELCOME)
    dialogue.give(MESSAGE)
    offer(dialogue)
    dialogue.end("It was cut.")
    left = dialogue.lost(was_given=was_given)
    assert left.given == Answer(Stage.MESSAGE if was_given else Stage.DATA, 0, "It was cut.")
    assert left.offered == Answer(Stage.SENDER, 0, "It was cut.")


@pytest.mark.parametrize("nonsense", [b"HTTP/1.1 400 Bad\r\n", b"\r\n", b"25\r\n", b"x" * 9000])
def test_what_is_no_answer_ends_it(nonsense):
    dialogue = Dialogue(pipelines=True)
    offer(dialogue)
    dialogue.take(nonsense)
    assert dialogue.is_over and dialogue.trouble
    assert dialogue.say() == b""


def test_a_server_that_speaks_unasked_is_going():
    dialogue = Dialogue(pipelines=True)
    assert dialogue.take(b"421 4.4.2 timeout\r\n") == []
    assert dialogue.is_over and dialogue.trouble == "421 4.4.2 timeout"


@settings(max_examples=100)
@given(
    st.lists(st.sampled_from([250, 450, 550]), min_size=1, max_size=5),
    st.booleans(),
    st.data(),
)
def test_every_mail_gets_one_verdict_however_answers_are_cut(codes, many_lines, data):
    """A run of mails to a server that takes or refuses recipients and texts."""
    dialogue = Dialogue(pipelines=True)
    verdicts: list[Answer] = []
    offer(dialogue)
    for code in codes:
        head = b"250-more\r\n250 ok\r\n" if many_lines else b"250 ok\r\n"
        data_code = b"354 go\r\n" if code == 250 else b"503 no\r\n"
        stream = head + b"%d rcpt\r\n" % code + data_code
        if verdicts and verdicts[-1].code >= 400:
            stream = b"250 reset\r\n" + stream
        cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=4)))
        found: list[Answer] = []
        for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
            found += dialogue.take(stream[start:end])
        assert len(found) == 1 and not dialogue.is_over
        verdicts += found
        if code == 250:
            dialogue.give(MESSAGE)
            assert short(dialogue.take(b"250 queued\r\n")) == [("message", 250)]
        offer(dialogue)


@given(st.text(alphabet=".\nab", max_size=40))
def test_dots_at_line_starts_are_doubled_and_one_ends_it(text):
    message = text.replace("\n", "\r\n").encode()
    sent = as_given(message)
    assert sent.endswith(b"\r\n.\r\n") or sent == b".\r\n" or sent == b"\r\n.\r\n"
    body = sent[: -len(b".\r\n")]
    back = b"\r\n".join(line[1:] if line.startswith(b".") else line for line in body.split(b"\r\n"))
    assert b"\r\n.\r\n" not in sent[: -len(b"\r\n.\r\n")] + b"\r\n"
    assert back.removesuffix(b"\r\n") == message.removesuffix(b"\r\n")
