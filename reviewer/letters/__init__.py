"""Letters and certificates as PDF. Only the console's pages about them load WeasyPrint."""
