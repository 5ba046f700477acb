"""Everything that rules look at, in one value: the facts, the file and the clocks of a case."""

from collections.abc import Collection
from dataclasses import dataclass, field

from cases.domain.dossier import Dossier
from cases.domain.facts import ComplaintFacts, Facts
from cases.domain.flows import ClockKind, Flow, State


@dataclass(frozen=True)
class CaseFile:
    """A case as rules see it; `running` are the clocks that nothing has stopped."""

    state: State
    facts: Facts = field(repr=False)
    dossier: Dossier = field(default_factory=Dossier, repr=False)
    running: Collection[ClockKind] = ()
    mailbox_open: bool = True

    @property
    def flow(self) -> Flow:
        """The kind of case."""
        return self.facts.flow

    @property
    def identity_withheld(self) -> bool:
        """Whether the service must not learn who the person is.

        Always so for a report (directive, article 16). A complainant may ask for it on the form or
        later, and take it back; whoever asks for protection gives consent to ask the employer.
        """
        if self.flow is Flow.REPORT:
            return True
        if self.dossier.identity is not None:
            return self.dossier.identity.withheld
        return isinstance(self.facts, ComplaintFacts) and self.facts.identity_withheld

    @property
    def second_person_needed(self) -> bool:
        """Whether somebody else than its author must release what leaves the office.

        Everything about a report, and about a complaint whose author is not to be known.
        """
        return self.flow is Flow.REPORT or self.identity_withheld

    def notice_waits(self, position: int) -> bool:
        """Whether what the step at this position tells the service may not leave yet."""
        notice = self.dossier.notices.get(position)
        return self.second_person_needed and notice is not None and not notice.released

    @property
    def awaits_release(self) -> bool:
        """Whether a question or a letter waits for a second person."""
        return self.second_person_needed and (
            any(each.prepared for each in self.dossier.consultations.values())
            or any(self.notice_waits(position) for position in self.dossier.notices)
        )
