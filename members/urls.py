from django.urls import path

from .views import centre, dev_messages, sign_in

app_name = "members"
urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("staff/sign-in/", sign_in.staff_sign_in, name="staff-sign-in"),
    path("me/", centre.home, name="home"),
    path("me/addresses/", centre.addresses, name="addresses"),
    path("me/addresses/new/", centre.address_new, name="address-new"),
    path("me/addresses/<int:address_id>/", centre.address_edit, name="address-edit"),
    path("me/addresses/<int:address_id>/default/", centre.address_default, name="address-default"),
    path("me/addresses/<int:address_id>/remove/", centre.address_remove, name="address-remove"),
    path("me/points/", centre.points, name="points"),
    path("places/", centre.places, name="places"),
    path("dev/messages/", dev_messages.dev_messages, name="dev-messages"),
]
