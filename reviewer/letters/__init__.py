"""Letters and certificates as PDF: only the console's pages about them load this, and WeasyPrint."""
