"""The public application: reports, complaints and the mailbox."""
