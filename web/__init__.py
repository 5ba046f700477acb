"""What portal and console share: access, sessions, headers, CSRF, errors, languages."""
