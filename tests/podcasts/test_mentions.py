"""Links both ways: an episode names the study, the study names the minutes."""

from podcasts.models import EpisodeMention
from tests.podcasts.episodes import make_episode, make_podcast
from tests.research import make_research


def test_a_study_shows_the_minutes_where_it_is_discussed(client, site_tree):
    study = make_research(site_tree.library)
    podcast = make_podcast(site_tree.home)
    mentions = [
        EpisodeMention(subject=study, start=754_000),
        EpisodeMention(subject=study, start=61_000),
    ]
    episode = make_episode(podcast, "Over steun", mentions=mentions)
    whole = make_episode(podcast, "Helemaal erover", mentions=[EpisodeMention(subject=study)])
    html = client.get(study.url).content.decode()
    assert f'href="{episode.url}#t=754">12:34</a>' in html
    assert html.index("#t=61") < html.index("#t=754")
    assert f'href="{whole.url}"' in html
    assert f"{whole.url}#t" not in html


def test_a_draft_mentions_nothing_in_public(client, site_tree):
    study = make_research(site_tree.library)
    episode = make_episode(
        make_podcast(site_tree.home), mentions=[EpisodeMention(subject=study, start=1_000)]
    )
    episode.unpublish()
    assert episode.url not in client.get(study.url).content.decode()
