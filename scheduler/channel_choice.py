"""The channel that the settings ask for."""

from scheduler.channels import Channel
from scheduler.mail.folder import FolderChannel
from scheduler.mail.smtp import SmtpChannel
from scheduler.settings import MailSettings


def channel_of(settings: MailSettings) -> Channel:
    """Return the channel: the mail server, or a folder where there is none. Nothing is sent yet."""
    if settings.host is not None:
        return SmtpChannel(settings)
    if settings.folder is not None:
        return FolderChannel(settings.folder)
    return FolderChannel(settings.own_folder, make=True)
