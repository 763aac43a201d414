"""Sending an edition: once to everybody, through any crash.

The rows are the truth. `queueing` makes one per participant, `claiming` takes some in
hand, `sending` hands them over (a thread per connection), `ledger` commits each step
before and after the wire, `looking_after` ends what is done and releases what a dead
sender left behind. `control` and `progress` are for the people who watch.
"""
