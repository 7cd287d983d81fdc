"""`matchmaker demo`: make the demo event, the same every time, and serve it."""

import os
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

import click

from matchmaker.commands.demo_event import load
from matchmaker.commands.demo_event.content import read
from matchmaker.commands.demo_event.invented_names import load_names
from matchmaker.commands.demo_event.table_topics import load_table_topics
from matchmaker.commands.installation import Installation, open_installation
from matchmaker.commands.listen import find_free
from matchmaker.commands.serve import serve_demo
from matchmaker.jobs.handlers import HANDLERS
from matchmaker.jobs.work import run
from matchmaker.services import ask_for_work
from matchmaker.services.people import coming
from matchmaker.services.plans import plan_versions
from matchmaker.settings import Settings, from_environment
from matchmaker.store import jobs
from matchmaker.store.event import events
from matchmaker.store.jobs import JobState
from matchmaker.store.people import registrations
from matchmaker.store.people.registrations import RegistrationState
from matchmaker.store.plans import plans
from matchmaker.store.session import Database


def demo_settings() -> Settings:
    """Return the settings of the demo: its own database and queue in the instance folder, mail on a page."""
    settings = from_environment()
    folder = settings.instance
    return replace(
        settings,
        environment="development",
        demo=True,
        database_url=f"sqlite:///{folder / 'demo.db'}",
        queue_url=f"sqlite:///{folder / 'demo-queue.db'}",
        mail_url="console:",
    )


def personas() -> list[dict[str, str]]:
    """Return the three people one can look around as: their part, name, address and what they see."""
    content = read("event")["personas"]
    return [
        {"key": key, "name": content[key]["name"], "email": content[key]["email"], "text": text}
        for key, text in (
            ("attendee", "See whom to meet and why, answer, and follow the day."),
            ("endorser", "Find a dataset, see who is behind it, and thank them."),
            ("organiser", "Import people, plan the rounds, publish and print."),
        )
    ]


def make_demo(database: Database, settings: Settings) -> None:
    """Fill an empty database with the demo event, its suggestions and a published plan of talks and meetings."""
    with database.writing() as session:
        event = load.load(session)
        event_id = event.id
        load_names(session, event, settings.secret_key)
        load_table_topics(session, event)
    for kind in ("suggest", "plan"):
        with database.writing() as session:
            job_id = ask_for_work.ask(session, kind, event_id, None).id
        run(database, settings, HANDLERS, job_id)
        with database.reading() as session:
            job = jobs.by_id(session, job_id)
            assert job is not None
            if job.state is not JobState.DONE:
                raise click.ClickException(f"The demo could not be made: {job.problem}")
    with database.writing() as session:
        plan = plans.latest(session, event_id)
        assert plan is not None
        evening = datetime.combine(event.held_on - timedelta(days=3), time(16, 40), event.tz)
        # Whoever plans again replaces this version, so it was published before they do.
        published = min(evening, datetime.now(event.tz) - timedelta(days=1))
        plan.made_at = published - timedelta(minutes=10)
        plan_versions.publish(session, plan, instead_of="", revision="1", at=published)
        # Somebody says yes after the plan: there is a reason to plan again with as few changes as can be.
        late = registrations.at_event(session, event_id, (RegistrationState.INVITED,))[0]
        coming.say_yes(session, event, late, published + timedelta(hours=15))


@click.command()
@click.option("--bind", default="127.0.0.1:5000", show_default=True, help="Where to listen, host:port.")
@click.option("--fresh", is_flag=True, help="Forget what was tried out and make the demo anew.")
@click.option("--only-make", is_flag=True, help="Make the demo's database and stop.")
def demo(bind: str, fresh: bool, only_make: bool) -> None:
    """Serve the demo event: invented people, real datasets, nothing to configure."""
    if not only_make:
        find_free(bind, "matchmaker demo")
    settings = demo_settings()
    # Gunicorn's worker reads the settings from the environment of the process it is forked from.
    os.environ.update(
        MATCHMAKER_DEMO="yes",
        MATCHMAKER_ENV="development",
        MATCHMAKER_DATABASE_URL=settings.database_url,
        MATCHMAKER_QUEUE_URL=settings.queue_url,
        MATCHMAKER_MAIL_URL="console:",
        MATCHMAKER_PUBLIC_URL=f"http://{bind}",
    )
    installation = _open(settings, fresh)
    with installation.database.reading() as session:
        made = bool(events.all_events(session))
    if not made:
        click.echo("Making the demo event: people, datasets, suggestions and a plan")
        make_demo(installation.database, settings)
    installation.database.dispose()
    if only_make:
        return
    click.echo(f"\nThe demo event is at http://{bind}\n\nOn its first page, one click signs you in as:")
    for persona in personas():
        click.echo(f"  {persona['name']:<16} {persona['key']}: {persona['text']}")
    click.echo(
        "\nOr sign in with any address of the event, such as amara.okafor@environment-agency.example:\n"
        f"the code is printed here and shown on http://{bind}/demo/mail.\n"
        "Stop with Ctrl+C; `matchmaker demo --fresh` starts anew.\n"
    )
    serve_demo(bind, personas())


def _open(settings: Settings, fresh: bool) -> Installation:
    if fresh:
        for name in ("demo.db", "demo-queue.db"):
            for path in Path(settings.instance).glob(f"{name}*"):
                path.unlink()
    return open_installation(settings, bring_up_to_date=True)
