"""The questions of the three ways in, and the pure functions that turn answers into facts.

People answer them on the portal; staff answer them in the console for somebody on the phone. A form
is built from what the browser sent and today's day; it reads no request, session or clock.
"""
