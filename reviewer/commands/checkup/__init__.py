"""What an operator should know about a running installation, looked at from this machine.

Each module looks at one thing and gives findings; none changes anything, and none needs a key.
"""
