//! Faults planted in the slow engine, each of which the comparison has to reject.

/// A planted fault.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fault {
    /// None: the sound engine.
    None,
    /// The hazard of leaving, times 1.03.
    LeavingHigher,
    /// The first two channels of each country swapped by who leaves home.
    ChannelsSwapped,
    /// Rents move one step late.
    RentsLate,
    /// Rents are shown in time, but persons feel them one step late.
    RentsFeltLate,
    /// Held persons judged with fresh draws in each step.
    FreshShocks,
    /// The hazard of return, times 1.05.
    ReturnHigher,
    /// A hit of a Poisson process at this bound (integrated over the step) is accepted with
    /// probability hazard over bound, instead of comparing the mark with the hazard.
    AcceptedInProportion { bound: f64 },
    /// Who leaves a country to come back in for a new stay is always let in.
    RunWithoutRisk,
    /// Documents are held for good, issued or not.
    DocumentsLast,
    /// Earlier visits do not count towards the days within a window.
    VisitsForgotten,
    /// Changes concern newcomers alone.
    NobodyRecalled,
    /// Applicants served in reverse order.
    QueueReversed,
    /// Places that a month leaves over can be had in the next.
    QuotaCarried,
    /// Everybody hears of a change when it is announced.
    LagIgnored,
    /// Nobody hurries before rules that are announced and worse.
    NoRush,
    /// Departures are not brought forward before a channel closes.
    DatesKept,
    /// A tenth more pass a border than it lets pass.
    CapacityExceeded,
    /// Who waits at a border passes in the order of the list of persons.
    CapacityByIdentity,
    /// Rent is not paid out of what persons abroad have.
    RentUnpaid,
    /// Remote workers keep their work for good.
    WorkKept,
    /// Ties who left count a step late.
    TiesLate,
    /// The factor of each tie who left, times 16/15: 1.5 becomes 1.6.
    ContagionStronger,
    /// Ties abroad do not draw to where they live.
    KinIgnored,
    /// They draw those at home alone.
    KinIgnoredAbroad,
    /// Who has a tie in a country hears of changes there no sooner than others.
    LagOfStrangers,
    /// Ties of who is refused or turned back hear nothing of it.
    RefusalsUntold,
    /// Ties of who is detained hear nothing of it.
    DetentionsUntold,
    /// Attitudes move one step late.
    AttitudesLate,
    /// Claims are weighed as if they were decided at once.
    WaitUnweighed,
    /// Whoever has grounds is believed, and nobody else.
    EvidenceSure,
    /// Appeals are decided as the first instance does.
    AppealAsFirst,
    /// Nobody is removed.
    NobodyRemoved,
    /// Newcomers surprise hosts half as much again.
    SurpriseHigher,
    /// Who thinks of returning does not feel hostility.
    HostilityUnfelt,
    /// Hosts bear nothing of a newcomer's rent.
    NobodyHospitable,
    /// The hazard of detention, times 1.2.
    DetentionHigher,
    /// Any number is detained, whatever police there are.
    PoliceUnlimited,
    /// A detention opens no case.
    CasesForgotten,
    /// No stay protects from rendition.
    ShieldIgnored,
    /// A tenth more are called up than are to be.
    CallUpExceeded,
    /// Persons are called up in the order of their list.
    CalledUpByIdentity,
    /// Nobody minds how many others spoke.
    OthersUnheard,
    /// Voice does not mind what leaving is worth.
    ExitUnvalued,
    /// The detained and the mobilised speak and act as the others at home.
    ConfinedSpeak,
    /// Activity abroad fades from the arrival in the country of the stay, not from leaving home.
    ActivityFromArrival,
    /// The story at home acts one step late.
    NarrativeLate,
    /// Arrivals admitted are no part of the story at home.
    ContactsUnseen,
    /// Nobody is refused by mistake.
    NoMistakes,
    /// Who is refused by mistake is drawn anew at every attempt.
    MistakesFresh,
}
