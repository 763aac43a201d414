"""What is told about the domain of the sender: what was found, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FOUND: Mapping[str, Promise] = {
    "silent": _("DNS did not answer. Try again later."),
    "spf_none": _("%(domain)s has no SPF record, which says who may send mail for it."),
    "spf_many": _("%(domain)s has more than one SPF record, so none counts."),
    "spf_long": _(
        "The SPF record of %(domain)s asks for more than ten others, so it does not count."
    ),
    "spf_everybody": _("The SPF record of %(domain)s lets everybody send."),
    "spf_open": _("The SPF record of %(domain)s has no end."),
    "spf_good": _("There is one SPF record: %(record)s"),
    "dkim_good": _("There is a DKIM key under the selector “%(selector)s”."),
    "dkim_none": _("No DKIM key was found at %(domain)s, with which mail is signed."),
    "dmarc_none": _("%(domain)s has no DMARC record, which says what to do with false mail."),
    "dmarc_unusable": _("The DMARC record of %(domain)s cannot be used."),
    "dmarc_good": _("DMARC asks for p=%(policy)s."),
    "dmarc_elsewhere": _(
        "Returned mail goes to another domain (%(bounces)s), so SPF does not count for DMARC."
    ),
    "mx_good": _("%(domain)s takes mail."),
    "mx_none": _("%(domain)s takes no mail: it has no MX record. Replies and reports are lost."),
}

TO_DO: Mapping[str, Promise] = {
    "silent": _("It is tried again by itself. Does it stay so? Ask who runs the site."),
    "spf_none": _(
        "Ask who manages the domain to add a TXT record at %(domain)s: v=spf1 include:NAME ~all."
        " Who sends your mail tells what stands for NAME."
    ),
    "spf_many": _(
        "Make one record of them: v=spf1 once, then every “include:” and “ip4:”, then ~all once."
    ),
    "spf_long": _(
        "Take out each “include:” of a service you no longer use, or ask for its “ip4:” addresses."
    ),
    "spf_everybody": _("Let the record end with ~all or -all, without a plus sign."),
    "spf_open": _("Let the record end with ~all or -all."),
    "dkim_none": _(
        "Ask who sends your mail to sign it: they give you a record for NAME._domainkey.%(domain)s."
        " Is it signed already? Then give who runs the site that NAME, for DKIM_SELECTORS."
    ),
    "dmarc_none": _(
        "Ask who manages the domain to add a TXT record at _dmarc.%(domain)s: v=DMARC1; p=none."
    ),
    "dmarc_unusable": _(
        "Keep one TXT record at _dmarc.%(domain)s, that begins with v=DMARC1; p=none or stricter."
    ),
    "dmarc_elsewhere": _(
        "No harm as long as mail is signed with DKIM. Better is a mailbox at %(domain)s, for"
        " BOUNCE_ADDRESS."
    ),
    "mx_none": _(
        "Ask who manages the domain for an MX record that names the server of the mailbox, or choose"
        " another sender address in the site settings."
    ),
}
