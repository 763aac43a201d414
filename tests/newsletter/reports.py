"""Reports as mail servers write them: shapes seen in the wild, with invented people."""

from __future__ import annotations

from textwrap import dedent

VERP = "bounces+t0k3n@nieuws.example.org"
WHO = "ria@klas.example"


def mail(headers: str, body: str) -> bytes:
    """Return a mail with network line ends."""
    text = f"{dedent(headers).strip()}\n\n{dedent(body).strip()}\n"
    return text.replace("\n", "\r\n").encode("utf-8", "surrogateescape")


def dsn(
    recipient: str,
    *,
    whole: str = "Reporting-MTA: dns; mx.klas.example",
    sender: str = "MAILER-DAEMON@mx.klas.example",
    subject: str = "Undelivered Mail Returned to Sender",
    human: str = "I'm sorry to have to inform you that your message could not be delivered.",
    to: str = VERP,
    extra: str = "",
    part_type: str = "message/delivery-status",
    container: str = 'multipart/report; report-type=delivery-status; boundary="=_b1"',
    end: str = "--=_b1--",
) -> bytes:
    """Return a report of RFC 3464: a text for people, fields for machines, the headers sent."""
    headers = (
        f"Return-Path: <>\nFrom: Mail Delivery System <{sender}>\nTo: {to}\n"
        f"Subject: {subject}\n{dedent(extra).strip()}\n"
    ).strip()
    headers += f"\nMIME-Version: 1.0\nContent-Type: {container}"
    body = (
        f"This is a MIME-encapsulated message.\n\n--=_b1\nContent-Type: text/plain\n\n{human}\n\n"
        f"--=_b1\nContent-Type: {part_type}\n\n{dedent(whole).strip()}\n\n"
        f"{dedent(recipient).strip()}\n\n--=_b1\nContent-Type: text/rfc822-headers\n\n"
        f"From: Hub <nieuws@example.org>\nTo: {WHO}\nSubject: Nieuwsbrief\n\n{end}"
    )
    return mail(headers, body)


def failed(status: str, said: str = "", action: str = "failed") -> str:
    """Return the fields of one recipient."""
    lines = [f"Final-Recipient: rfc822; {WHO}", f"Action: {action}", f"Status: {status}"]
    return "\n".join([*lines, f"Diagnostic-Code: smtp; {said}"] if said else lines)


def complaint(kind: str = "abuse", fields: str = "", original: str = "") -> bytes:
    """Return a complaint of RFC 5965, as a feedback loop sends it."""
    return mail(
        """
        From: <feedback@postbus.example>
        To: <fbl@example.org>
        Subject: FW: Nieuwsbrief
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=feedback-report; boundary="f1"
        """,
        f"--f1\nContent-Type: text/plain\n\nThis is an abuse report.\n\n--f1\n"
        f"Content-Type: message/feedback-report\n\nFeedback-Type: {kind}\n"
        f"User-Agent: Loop/1.0\nVersion: 1\n{fields}\n\n--f1\nContent-Type: message/rfc822\n\n"
        f"{original or f'Return-Path: <{VERP}>'}\nFrom: nieuws@example.org\nTo: {WHO}\n"
        f"Subject: Nieuwsbrief\n\nTekst\n\n--f1--",
    )


HARD = {
    "Postfix, unknown user": dsn(
        failed("5.1.1", f"550 5.1.1 <{WHO}>: Recipient address rejected: User unknown")
        + "\nRemote-MTA: dns; mx1.klas.example",
        whole="Reporting-MTA: dns; smtp.example.org\nX-Postfix-Queue-ID: 4Tq1\n"
        f"X-Postfix-Sender: rfc822; {VERP}\nArrival-Date: Mon,  2 Nov 2026 07:00:01 +0100 (CET)",
    ),
    "Postfix, unknown in local table": dsn(
        failed("5.1.1", 'unknown user: "ria"').replace("smtp;", "X-Postfix;")
    ),
    "Postfix, domain does not exist": dsn(
        failed(
            "5.4.4",
            "Host or domain name not found. Name service error for name=klas.exmple type=AAAA: "
            "Host not found",
        ).replace("smtp;", "X-Postfix;")
    ),
    "Postfix, null MX": dsn(failed("5.1.10", "556 5.1.10 Recipient address has null MX")),
    "Exim, rejected at RCPT": dsn(
        failed("5.0.0", "550 No such user here").replace("smtp;", "smtp;"),
        whole="Reporting-MTA: dns; exim.example.org",
        subject="Mail delivery failed: returning message to sender",
        extra="X-Failed-Recipients: ria@klas.example\nAuto-Submitted: auto-replied",
        human=f"A message that you sent could not be delivered to one or more of its "
        f"recipients. This is a permanent error.\n\n  {WHO}\n    Unrouteable address",
    ),
    "Exim, enhanced code in the words only": dsn(
        failed("5.0.0", "550 5.1.1 The email account that you tried to reach does not exist.")
    ),
    "Exchange Online, unknown recipient": dsn(
        failed(
            "5.1.10",
            "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient ria@klas.example not found by "
            "SMTP address lookup",
        )
        + "\nX-Display-Name: Ria de Vries",
        whole="Reporting-MTA: dns;DB9PR01MB0001.eurprd01.prod.exchangelabs.com\n"
        "Received-From-MTA: dns;smtp.example.org\nArrival-Date: Mon, 2 Nov 2026 06:00:03 +0000",
        sender="postmaster@klas.example",
        subject="Undeliverable: Nieuwsbrief",
        extra="X-MS-Exchange-Message-Is-Ndr:\nContent-Language: en-US",
    ),
    "Exchange Online, refused at its edge": dsn(
        failed(
            "5.4.1",
            "550 5.4.1 Recipient address rejected: Access denied. "
            "[DB5EUR01FT003.eop-EUR01.prod.protection.outlook.com]",
        )
    ),
    "Exchange 2016, in German": dsn(
        failed("5.1.1", "550 5.1.1 RESOLVER.ADR.ExRecipNotFound; not found"),
        subject="=?utf-8?B?VW56dXN0ZWxsYmFyOiBOaWV1d3NicmllZg==?=",
        human="Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Gruppen:",
    ),
    "Gmail, no such account": dsn(
        f"Final-Recipient: rfc822; {WHO}\nAction: failed\nStatus: 5.1.1\n"
        "Remote-MTA: dns; gmail-smtp-in.l.google.com. (142.250.27.27, the server for the domain)\n"
        "Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not\n"
        " exist. Please try 550-5.1.1 double-checking the recipient's email address for typos or\n"
        " 550 5.1.1  https://support.google.com/mail/?p=NoSuchUser a1-20020a gsmtp\n"
        "Last-Attempt-Date: Mon, 02 Nov 2026 07:00:04 +0100",
        whole="Reporting-MTA: dns; googlemail.com\nReceived-From-MTA: dns; nieuws@example.org\n"
        "Arrival-Date: Sun, 01 Nov 2026 22:00:03 -0800 (PST)\nX-Original-Message-ID: <a@b>",
        sender="mailer-daemon@googlemail.com",
        subject="Delivery Status Notification (Failure)",
        extra="Auto-Submitted: auto-replied",
    ),
    "Yahoo-like, account gone": dsn(
        failed(
            "5.0.0",
            "554 30 Sorry, your message to ria@klas.example cannot be delivered. This mailbox is "
            "disabled (554.30).",
        )
    ),
    "Yahoo-like, no account": dsn(
        failed(
            "5.5.0", "550 Requested action not taken: user does not have a klas.example account"
        ).replace(
            "user does not have a klas.example account",
            "user doesn't have a klas.example account (ria@klas.example) [-5]",
        )
    ),
    "Sendmail, host unknown": dsn(
        failed("5.1.2", "550 Host unknown").replace("smtp;", "SMTP;"),
        whole="Reporting-MTA: dns; sm.example.org\nReceived-From-MTA: DNS; smtp.example.org",
        subject="Returned mail: see transcript for details",
    ),
    "Sendmail, comment after the action": dsn(
        failed("5.1.1", "550 5.1.1 <ria@klas.example>... User unknown", "failed (final)")
    ),
    "Mailbox disabled": dsn(failed("5.2.1", "550 5.2.1 This mailbox has been disabled")),
    "Moved without an address": dsn(failed("5.1.6", "551 5.1.6 Recipient no longer on server")),
    "Lotus Domino, no status but words": dsn(
        f"Final-Recipient: rfc822;{WHO}\nAction: failed\n"
        "Diagnostic-Code: X-Notes; User ria (ria@klas.example) not listed: no such user"
    ),
    "Internationalised report": dsn(
        "Final-Recipient: utf-8; rìa@klas.example\nAction: failed\nStatus: 5.1.1",
        part_type="message/global-delivery-status",
    ),
    "No closing boundary": dsn(failed("5.1.1"), end=""),
    "Disclaimer wrapped around it": mail(
        f"From: postmaster@klas.example\nTo: {VERP}\nMIME-Version: 1.0\n"
        "Content-Type: multipart/mixed; boundary=outer",
        '--outer\nContent-Type: multipart/report; report-type="delivery-status"; boundary=in\n\n'
        "--in\nContent-Type: text/plain\n\nHelaas.\n\n--in\nContent-Type: message/delivery-status"
        f"\n\nReporting-MTA: dns; x\n\n{failed('5.1.1')}\n\n--in--\n\n--outer\n"
        "Content-Type: text/plain\n\nDeze e-mail is vertrouwelijk.\n--outer--",
    ),
    "Sent as multipart/mixed": dsn(failed("5.1.1"), container='multipart/mixed; boundary="=_b1"'),
    "Fields in base64": mail(
        f"From: MAILER-DAEMON@x.example\nTo: {VERP}\nMIME-Version: 1.0\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=q",
        "--q\nContent-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n\n"
        "UmVwb3J0aW5nLU1UQTogZG5zOyB4CgpGaW5hbC1SZWNpcGllbnQ6IHJmYzgyMjsgcmlhQGtsYXMuZXhhbXBsZQpB\n"
        "Y3Rpb246IGZhaWxlZApTdGF0dXM6IDUuMS4xCg==\n--q--",
    ),
    "Status only in the words, in lower case names": dsn(
        f"final-recipient: rfc822; {WHO}\naction: FAILED\ndiagnostic-code: smtp; 550 5.1.1 nope"
    ),
    "No blank line before the recipient": dsn(
        failed("5.1.1"), whole="Reporting-MTA: dns; x\nFinal-Recipient: rfc822; a@b.example"
    ),
    "Office 365, with winmail.dat before it": mail(
        f"From: postmaster@klas.example\nTo: {VERP}\nMIME-Version: 1.0\n"
        "Content-Type: multipart/mixed; boundary=out",
        "--out\nContent-Type: multipart/mixed; boundary=tnef\n\n--tnef\n"
        "Content-Type: text/html; charset=us-ascii\n\n<b>Your message couldn't be delivered</b>\n"
        '--tnef\nContent-Type: application/ms-tnef; name="winmail.dat"\n'
        "Content-Transfer-Encoding: base64\n\neJ8+IhQSAQaQCAAEAAAAAAABAAEAAQeQBgAIAAAA\n--tnef--\n"
        "--out\nContent-Type: multipart/report; report-type=delivery-status; boundary=in\n\n"
        "--in\nContent-Type: text/plain\n\nHelaas.\n\n--in\nContent-Type: message/delivery-status"
        "\n\nReporting-MTA: dns;AM9PR.eurprd.prod.outlook.com\n\n"
        f"{failed('5.1.10', '550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found')}\n\n"
        "--in\nContent-Type: message/rfc822\n\nFrom: a@b.example\n\nx\n--in--\n--out--",
    ),
    "Dutch words": dsn(failed("5.0.0", "550 Onbekende gebruiker")),
}
SOFT = {
    "Mailbox full, given up": dsn(failed("5.2.2", "552 5.2.2 Mailbox full")),
    "Gmail, out of storage": dsn(
        failed("4.2.2", "452-4.2.2 The recipient's inbox is out of storage space")
    ),
    "Gmail, receives too much": dsn(
        failed("5.2.1", "550 5.2.1 The user is receiving mail at a rate that prevents more")
    ),
    "Gmail, unsolicited": dsn(
        failed("5.7.1", "550-5.7.1 [192.0.2.1] Our system has detected that this message is spam")
    ),
    "Microsoft, not authenticated": dsn(
        failed("5.7.515", "550 5.7.515 Access denied, sending domain doesn't meet the level")
    ),
    "Microsoft, address blocked": dsn(
        failed("5.7.1", "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. S3140")
    ),
    "Yahoo-like, deferred to the end": dsn(
        failed("4.4.7", "421 4.7.0 [TSS04] Messages temporarily deferred due to complaints")
    ),
    "Too large": dsn(failed("5.3.4", "552 5.3.4 Message size exceeds fixed limit")),
    "Connection timed out for days": dsn(
        failed("4.4.1", "connect to mx.klas.example[192.0.2.9]:25: Connection timed out")
    ),
    "Exim, retry time exceeded": dsn(
        failed("5.0.0", "retry timeout exceeded: mailbox is full: retry timeout exceeded")
    ),
    "Routing loop": dsn(failed("5.4.6", "554 5.4.6 Too many hops")),
    "Our address is bad": dsn(failed("5.1.8", "553 5.1.8 Domain of sender does not exist")),
    "Exchange, no answer from the host": dsn(
        failed("5.4.1", "Failed to establish connection with the next hop")
    ),
    "Greylisting that never ended": dsn(failed("4.7.1", "450 4.7.1 Greylisted, try again later")),
    "Failed without status or words": dsn(f"Final-Recipient: rfc822; {WHO}\nAction: failed"),
    "Unknown user says a reputation filter": dsn(
        failed("5.0.0", "550 user unknown or blocked by our reputation policy")
    ),
    "One of two forwarding addresses gone": dsn(
        failed("5.1.1") + "\n\n" + failed("2.0.0", "250 OK", "relayed")
    ),
}
DELAYED = {
    "Postfix, warning after four hours": dsn(
        failed("4.4.1", "Connection timed out", "delayed")
        + "\nWill-Retry-Until: Sat, 7 Nov 2026 07:00:01 +0100",
        subject="Delayed Mail (still being retried)",
    ),
    "Gmail, incomplete": dsn(
        failed("4.4.1", "The recipient server did not accept our requests", "delayed"),
        subject="Delivery Status Notification (Delay)",
    ),
}
DELIVERED = {
    "Relayed to a server that does not report": dsn(failed("2.1.9", "", "relayed")),
    "Success that was asked for": dsn(failed("2.0.0", "250 2.0.0 Ok", "delivered")),
    "List expanded": dsn(failed("2.0.0", "", "expanded")),
}
COMPLAINTS = {
    "Abuse report": complaint(),
    "Fraud report": complaint("fraud"),
    "Original-Mail-From instead of the mail": complaint(
        fields=f"Original-Mail-From: <{VERP}>", original="X-Gone: yes"
    ),
}
OTHER = {
    "Holiday reply": mail(
        f"From: ria@klas.example\nTo: {VERP}\nSubject: Afwezig: Nieuwsbrief\n"
        "Auto-Submitted: auto-replied\nPrecedence: bulk",
        "Ik ben er tot 3 november niet. User unknown? Nee, gewoon vakantie. 550 5.1.1",
    ),
    "Exchange out of office": mail(
        f"From: Ria <ria@klas.example>\nTo: {VERP}\nSubject: Automatic reply: Nieuwsbrief\n"
        'X-Auto-Response-Suppress: All\nContent-Type: multipart/alternative; boundary="o"',
        "--o\nContent-Type: text/plain\n\nUndeliverable until Monday.\n--o--",
    ),
    "Ordinary answer": mail(
        f"From: ria@klas.example\nTo: {VERP}\nSubject: Re: Nieuwsbrief", "Mooi stuk, dank!"
    ),
    "Somebody forwards a report": mail(
        f"From: beheer@klas.example\nTo: {VERP}\nSubject: Fwd: kijk eens\nMIME-Version: 1.0\n"
        "Content-Type: multipart/mixed; boundary=fw",
        "--fw\nContent-Type: text/plain\n\nZie bijlage.\n\n--fw\nContent-Type: message/rfc822\n\n"
        + dsn(failed("5.1.1")).decode()
        + "\n--fw--",
    ),
    "Read receipt": mail(
        f"From: ria@klas.example\nTo: {VERP}\nMIME-Version: 1.0\n"
        "Content-Type: multipart/report; report-type=disposition-notification; boundary=mdn",
        "--mdn\nContent-Type: text/plain\n\nGelezen.\n\n--mdn\n"
        "Content-Type: message/disposition-notification\n\nFinal-Recipient: rfc822; a@b.example\n"
        "Disposition: automatic-action/MDN-sent-automatically; displayed\n--mdn--",
    ),
    "qmail's text without a report": mail(
        f"From: MAILER-DAEMON@qmail.example\nTo: {VERP}\nSubject: failure notice",
        "Hi. This is the qmail-send program.\n<ria@klas.example>:\nSorry, no mailbox here (#5.1.1)",
    ),
    "Exim's text without a report": mail(
        f"From: Mail Delivery System <Mailer-Daemon@exim.example>\nTo: {VERP}\n"
        "Return-Path: <>\nAuto-Submitted: auto-replied\nX-Failed-Recipients: ria@klas.example\n"
        "Subject: Mail delivery failed: returning message to sender",
        "This message was created automatically by mail delivery software.\n\n"
        "  ria@klas.example\n    Unrouteable address",
    ),
    "Spam that calls itself a failure": mail(
        f"From: x@y.example\nTo: {VERP}\nSubject: Mail delivery failed\nContent-Type: text/html",
        "<a href='https://slecht.example'>550 5.1.1 user unknown</a>",
    ),
    "Not spam after all": complaint("not-spam"),
    "TLS report": mail(
        f"From: tls@google.example\nTo: {VERP}\nMIME-Version: 1.0\n"
        "Content-Type: multipart/report; report-type=tlsrpt; boundary=t",
        "--t\nContent-Type: application/tlsrpt+gzip\n\nabc\n--t--",
    ),
    "Nothing": b"",
    "Bytes": bytes(range(256)) * 40,
    "Headers only": b"To: x\r\nContent-Type: multipart/report; boundary=\r\n",
}
