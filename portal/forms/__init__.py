"""The forms that only the public meets: the check, the drafted pages and the mailbox."""
