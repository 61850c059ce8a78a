"""The app's own colours: dark and light, each also with the contrast that weak eyes need."""

from textual.theme import Theme

DEFAULT = "lectern-dark"
"""The theme of who never chose one."""


def faint_frames(theme: Theme) -> dict[str, str]:
    """The stylesheets' variables for frames, in a theme that does not set them itself."""
    foreground = theme.to_color_system().generate()["foreground"]
    return {
        "frame": f"{foreground} 20%",
        "frame-field": f"{foreground} 30%",
        "frame-focused": "round",
    }


def _clear_frames(colour: str) -> dict[str, str]:
    """Frames that weak eyes see; where the focus is, heavier ones."""
    return {"frame": colour, "frame-field": colour, "frame-focused": "heavy"}


THEMES = (
    Theme(
        name=DEFAULT,
        primary="#7FA6D9",
        secondary="#5C7FA8",
        accent="#E0B568",
        warning="#E0B568",
        error="#E27D7D",
        success="#86BF8B",
        foreground="#DEDBD3",
        background="#16181C",
        surface="#1D2025",
        panel="#24282F",
    ),
    Theme(
        name="lectern-light",
        primary="#1F4E8C",
        secondary="#3D6A9E",
        accent="#7A4A00",
        warning="#7A4A00",
        error="#A3222C",
        success="#22662B",
        foreground="#24231F",
        background="#FAF7F0",
        surface="#F2EEE4",
        panel="#E8E3D6",
        dark=False,
    ),
    Theme(
        name="contrast-dark",
        primary="#6CC7FF",
        secondary="#6CC7FF",
        accent="#FFE14D",
        warning="#FFE14D",
        error="#FF9B9B",
        success="#7CF58A",
        foreground="#FFFFFF",
        background="#000000",
        surface="#000000",
        panel="#1A1A1A",
        text_alpha=1.0,
        variables={"text-muted": "#E6E6E6", "text-disabled": "#C8C8C8", **_clear_frames("#FFFFFF")},
    ),
    Theme(
        name="contrast-light",
        primary="#00317A",
        secondary="#00317A",
        accent="#5C2E00",
        warning="#5C2E00",
        error="#8A0010",
        success="#004D12",
        foreground="#000000",
        background="#FFFFFF",
        surface="#FFFFFF",
        panel="#EDEDED",
        dark=False,
        text_alpha=1.0,
        variables={"text-muted": "#1F1F1F", "text-disabled": "#3D3D3D", **_clear_frames("#000000")},
    ),
)
"""Their names are what the palette lists and the settings keep."""
