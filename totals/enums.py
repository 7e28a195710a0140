"""The words of the totals."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActivityKind(models.TextChoices):
    """What a delegation does without attendees."""

    STAKEHOLDER_MEETING = "stakeholder_meeting", _("stakeholder meeting")
    SPEAKING_ENGAGEMENT = "speaking_engagement", _("speaking engagement")
    WORKING_GROUP = "working_group_participation", _("working-group participation")
    DIGNITARY_VISIT = "dignitary_visit", _("dignitary visit")
    METROPOLE_MEETING = "metropole_meeting", _("metropole meeting")


class Figure(models.TextChoices):
    """The published figures, in the order in which they are shown."""

    PARTICIPANTS = "participants", _("participants in European conferences")
    STAKEHOLDER_MEETINGS = "stakeholder_meetings", _("meetings with European stakeholders")
    SPEAKING_ENGAGEMENTS = "speaking_engagements", _("speaking engagements at European conferences")
    WORKING_GROUPS = "working_group_participations", _("participations in working groups of European networks")
    DIGNITARY_VISITS = "dignitary_visits", _("visits by European dignitaries")
    METROPOLE_MEETINGS = "metropole_meetings", _("meetings with European metropoles")


# What each figure but the first adds up; participants add up statements.
ACTIVITIES_OF: dict[str, ActivityKind] = {
    Figure.STAKEHOLDER_MEETINGS: ActivityKind.STAKEHOLDER_MEETING,
    Figure.SPEAKING_ENGAGEMENTS: ActivityKind.SPEAKING_ENGAGEMENT,
    Figure.WORKING_GROUPS: ActivityKind.WORKING_GROUP,
    Figure.DIGNITARY_VISITS: ActivityKind.DIGNITARY_VISIT,
    Figure.METROPOLE_MEETINGS: ActivityKind.METROPOLE_MEETING,
}
FIGURE_OF: dict[str, Figure] = {kind: Figure(figure) for figure, kind in ACTIVITIES_OF.items()}
