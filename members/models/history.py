"""Every version of the configuration tables, kept by triggers in the database."""

import pghistory

from .institutions import Institution, StaffRole


@pghistory.track(model_name="InstitutionEvent")
class TrackedInstitution(Institution):
    class Meta:
        proxy = True
        verbose_name = Institution._meta.verbose_name
        verbose_name_plural = Institution._meta.verbose_name_plural


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), model_name="StaffRoleEvent"
)
class TrackedStaffRole(StaffRole):
    class Meta:
        proxy = True
        verbose_name = StaffRole._meta.verbose_name
        verbose_name_plural = StaffRole._meta.verbose_name_plural
