"""The models of the podcasts."""

from podcasts.models.audio import AudioFile
from podcasts.models.episode_page import EpisodePage
from podcasts.models.feed_import import FeedImport, ImportState
from podcasts.models.parts import Chapter, EpisodeMention, EpisodePerson, ListeningApp
from podcasts.models.podcast_page import PodcastPage
from podcasts.models.transcript import Transcript
from podcasts.models.use import AudioUse

__all__ = [
    "AudioFile",
    "AudioUse",
    "Chapter",
    "EpisodeMention",
    "EpisodePage",
    "EpisodePerson",
    "FeedImport",
    "ImportState",
    "ListeningApp",
    "PodcastPage",
    "Transcript",
]
