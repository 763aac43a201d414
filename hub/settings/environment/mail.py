"""People, and the mail they get."""

from __future__ import annotations

from hub.settings.environment.readers import boolean, days, hour, positive, rate, rates, words
from hub.settings.environment.variable import Variable

VARIABLES = (
    Variable(
        "PEOPLE_KEY",
        "",
        words,
        "Key for links in mails and for hashes of addresses that left; keep it for years, the same"
        " on every machine. After a comma: earlier keys that still count. Empty: one is made in"
        " the data folder.",
    ),
    Variable(
        "HUB_FORGET_UNCONFIRMED_DAYS",
        "14",
        days,
        "Days after which a sign-up that nobody confirmed is forgotten.",
    ),
    Variable(
        "HUB_KEEP_CONSENT_DAYS",
        "730",
        days,
        "Days that the consents of people who left are kept as proof, and with them their row.",
    ),
    Variable(
        "EMAIL_URL",
        "",
        str,
        "How mail leaves: `smtp+tls://user:password@host:587`, `smtps://…`, `smtp://…`, or"
        " `anymail+provider://?SETTING=value`. Empty or `folder`: `.eml` files in the data folder.",
    ),
    Variable(
        "ALERTS_HOUR",
        "7",
        hour,
        "Hour of the day, in the time zone of the site, from which mails about what people follow go.",
    ),
    Variable(
        "NEWSLETTER_CONNECTIONS",
        "10",
        positive,
        "Connections of one `manage.py deliver` to the mail server.",
    ),
    Variable(
        "NEWSLETTER_PER_CONNECTION",
        "200",
        positive,
        "Mails over one connection before a new one is made.",
    ),
    Variable(
        "NEWSLETTER_RATE",
        "0",
        rate,
        "Most mails a second of editions, all senders together; 0: as fast as the server takes.",
    ),
    Variable(
        "NEWSLETTER_DOMAIN_RATES",
        "",
        rates,
        "Most mails a second per domain (`gmail.com=5,outlook.com=2`); `*=10` is every other one.",
    ),
    Variable(
        "NEWSLETTER_RETRY_SECONDS",
        "60",
        positive,
        "Seconds before a mail that was refused for now is tried again; each next wait is twice"
        " as long, at most four hours.",
    ),
    Variable(
        "NEWSLETTER_RETRY_HOURS",
        "48",
        positive,
        "Hours after which a mail that is still refused for now is given up.",
    ),
    Variable(
        "NEWSLETTER_LATE_HOURS",
        "2",
        positive,
        "Hours after which an edition that nothing sent waits for an editor.",
    ),
    Variable(
        "NEWSLETTER_LOG_DAYS",
        "90",
        days,
        "Days after an edition that addresses stay in the log of who got it.",
    ),
    Variable(
        "BOUNCE_ADDRESS",
        "",
        str,
        "Mailbox to which undeliverable mail comes back; it must take `name+anything@`. Empty: the"
        " sender address.",
    ),
    Variable(
        "DKIM_SELECTORS",
        "",
        words,
        "Selectors under which the mail server signs (DKIM), separated by commas, for the check of"
        " the sender. Empty: usual names are tried.",
    ),
    Variable(
        "LOOK_OUTSIDE",
        "yes",
        boolean,
        "Let the worker check links to other sites in editions, and what DNS says about the sender."
        " `no`: where there is no way out.",
    ),
    Variable(
        "INSTALLATION_KEY",
        "",
        str,
        "Lets a machine without a lasting data folder send editions; `manage.py send_from_here`"
        " prints it.",
    ),
    Variable(
        "BOUNCES_URL",
        "",
        str,
        "Mailbox that the worker reads for mail that came back: `imaps://user:password@host/Folder`,"
        " `imap+tls://…`, `pop3s://…` or `maildir:/path`. Empty: none.",
    ),
    Variable(
        "ANYMAIL_WEBHOOK_SECRET",
        "",
        str,
        "Secret (`name:password`) in the address at which a mail provider tells about bounces and"
        " complaints. Empty: there is no such address.",
    ),
)
