"""What every command needs: settings, what must be set up first, and clear errors."""

import logging
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path

import typer

from bot.clients.rasa import PATIENCE_SECONDS, RasaClient, RasaDownError
from bot.environments import EnvironmentFailedError, ensure_rasa_environment, is_complete
from bot.logs import log_to_stderr
from bot.services import AlreadyRunningError, NotReadyError, prepare_database, rasa_at_hand
from bot.settings import Settings, SettingsError, load_settings
from bot.terminal_output import say, step
from bot.training import TrainingFailedError, ensure_model, model_path


def settled() -> Settings:
    """The settings, with logging set up; SettingsError if one is wrong."""
    settings = load_settings()
    log_to_stderr(settings.log_level)
    return settings


def prepared(settings: Settings) -> Path:
    """Set up Rasa, the database and the model where they are missing; returns the model."""
    environment(settings)
    with step("Preparing the database"):
        prepare_database(settings)
    return model_at_hand(settings)


def environment(settings: Settings) -> None:
    """Set up Rasa's environment if it is missing."""
    encoder = settings.mittendrin_encoder is not None
    if not is_complete(encoder=encoder):
        say("Setting up Rasa's environment (1.6 GB, once; some minutes) …")
        ensure_rasa_environment(encoder=encoder)


def model_at_hand(settings: Settings, *, anew: bool = False) -> Path:
    """The model for the files as they are now, trained if it does not exist (or `anew`)."""
    present = model_path(settings.data, settings.mittendrin_encoder)
    if present.exists() and not anew:
        return present
    title = "Training the intent model (two to three minutes)"
    with step(title) as progress:
        task = progress.task_ids[0]
        return ensure_model(
            settings.data,
            lambda name: progress.update(task, description=f"{title}: {name}"),
            anew=anew,
            encoder=settings.mittendrin_encoder,
        )


@asynccontextmanager
async def rasa_started(
    settings: Settings, model: Path, names: Sequence[str], title: str, patience: float = PATIENCE_SECONDS
) -> AsyncIterator[RasaClient]:
    """A client of a Rasa with this model (rasa_at_hand), which is started under `title`."""
    async with AsyncExitStack() as stack:
        with step(title):
            url, token = await stack.enter_async_context(rasa_at_hand(settings, model, names))
        yield await stack.enter_async_context(RasaClient(url, token, patience))


@contextmanager
def clear_errors() -> Iterator[None]:
    """Expected failures become one clear message and exit code 1."""
    known = (SettingsError, EnvironmentFailedError, TrainingFailedError, AlreadyRunningError, NotReadyError)
    try:
        yield
    except known as error:
        say(str(error))
        raise typer.Exit(1) from None
    except RasaDownError:
        say("Rasa stopped answering; see the logs in the data folder.")
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        logging.getLogger(__name__).debug("interrupted")
        raise typer.Exit(130) from None
