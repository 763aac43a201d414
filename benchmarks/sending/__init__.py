"""What measurements of sending editions share: a scratch site, its senders, and a judge."""
