"""The `zegel` command at a terminal, where questions hide what is typed."""

import fcntl
import os
import pty
import select
import subprocess
import termios
from pathlib import Path

from tests.support.commands import SECONDS, ZEGEL, environment


class Terminal:
    """A command at a terminal of its own, typed into as a person does: after each question."""

    def __init__(self, home: Path, *words: str) -> None:
        self._screen, keyboard = pty.openpty()
        self.process = subprocess.Popen(
            [str(ZEGEL), *words],
            env=environment(home, TERM="dumb"),
            stdin=keyboard,
            stdout=keyboard,
            stderr=keyboard,
            start_new_session=True,
            # Questions that hide the answer go to the terminal that controls the process.
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(keyboard)
        self.seen = ""

    def answer(self, question: str, typed: str) -> None:
        """Wait for a question, then type. AssertionError when the command ends before."""
        self.wait_for(question)
        os.write(self._screen, f"{typed}\n".encode())

    def wait_for(self, words: str) -> str:
        """Everything up to these words, from where the last wait ended."""
        unread = ""
        while words not in unread:
            piece = self._read()
            assert piece, self.seen
            unread += piece
        return unread

    def press(self) -> None:
        """Press a key once the command waits for one key and not for a line."""
        while termios.tcgetattr(self._screen)[3] & termios.ICANON:
            assert self.process.poll() is None, self.seen
            os.sched_yield()
        os.write(self._screen, b" ")

    def end(self) -> int:
        """Everything to the end; gives the exit status."""
        while self._read():
            pass
        os.close(self._screen)
        return self.process.wait(SECONDS)

    def _read(self) -> str:
        assert select.select([self._screen], [], [], SECONDS)[0], self.seen
        try:
            piece = os.read(self._screen, 4096).decode()
        except OSError:
            # Nobody holds the other end any more.
            return ""
        self.seen += piece
        return piece
