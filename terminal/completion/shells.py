"""The shells that complete our commands: the script each is given, and how it is answered.

A script hands over the line that was typed, in the environment, and gets a line (or three) for
each word that fits. Bash, fish and PowerShell have scripts of our own: what Click has for them
loses what stands behind a comma or before an “@”, and paths with backslashes.
"""

import os
import re
import shlex

import click
from click.shell_completion import (
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
    split_arg_string,
)

from definitions.language.naming import PROGRAM
from terminal.runtime.setup import COMPLETE, Setup

Item = CompletionItem[str]

BASH = """\
%(complete_func)s() {
    local kind word
    COMPREPLY=()
    while IFS=, read -r kind word; do
        case $kind in
            plain) COMPREPLY+=("$word") ;;
            file) compopt -o default 2>/dev/null ;;
        esac
    done < <(env %(complete_var)s=bash_complete COMP_WORDS="${COMP_LINE:0:COMP_POINT}" \\
        COMP_CWORD= COMP_WORDBREAKS="$COMP_WORDBREAKS" "$1" 2>/dev/null)
}
complete -o nosort -F %(complete_func)s %(prog_name)s 2>/dev/null ||
    complete -F %(complete_func)s %(prog_name)s
"""
"""The bash of macOS, 3.2, knows neither “nosort” nor “compopt”: there, names come sorted."""

FISH = """\
function %(complete_func)s
    set -l line (commandline -cp | string collect)
    for each in (env %(complete_var)s=fish_complete COMP_WORDS="$line" %(prog_name)s 2>/dev/null)
        set -l parts (string split -m 1 , -- $each)
        switch $parts[1]
            case plain
                printf '%%s\\n' $parts[2]
            case file
                __fish_complete_path (commandline -ct)
        end
    end
end
complete --command %(prog_name)s --no-files --keep-order --arguments '(%(complete_func)s)'
"""

POWERSHELL = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($begun, $line, $cursor)
    $words = @($line.CommandElements | Where-Object { $_.Extent.StartOffset -lt $cursor } |
        ForEach-Object {
            if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) {
                $_.Value
            } else {
                $_.Extent.Text
            }
        })
    if (-not $begun) { $words += '' }
    $encoding = [Console]::OutputEncoding
    try {
        [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
        $env:%(complete_var)s = 'powershell_complete'
        $env:COMP_WORDS = $words -join "`n"
        $answer = @(& %(prog_name)s 2>$null)
    } finally {
        [Console]::OutputEncoding = $encoding
        Remove-Item Env:%(complete_var)s, Env:COMP_WORDS
    }
    foreach ($each in $answer) {
        $typed, $shown, $help = $each -split "`t"
        [System.Management.Automation.CompletionResult]::new(
            $typed, $shown, 'ParameterValue', $help)
    }
}
"""
"""Where nothing is answered, PowerShell offers files."""


class _Answering(ShellComplete):
    """The common base of our shells: the words typed are in the environment of the set-up."""

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the one that was begun, and that one."""
        return parted(self.given("COMP_WORDS"), self.given("COMP_CWORD"))

    def get_completions(self, args: list[str], incomplete: str) -> list[Item]:
        """Return the matches, after ``--to=`` with that prefix: a shell replaces a whole word."""
        name, sign, _ = incomplete.partition("=")
        before = f"{name}=" if sign and name.startswith("-") else ""
        *words, last = args or [""]
        if last.startswith("-") and last != "--" and "=" not in last:
            # Click understands no argument at all while an option still waits for its value.
            args, incomplete = words, f"{last}={incomplete}"
        found = super().get_completions(args, incomplete)
        return [CompletionItem(f"{before}{each.value}", each.type, each.help) for each in found]

    def given(self, name: str) -> str:
        """Return a value from the script, decoded as UTF-8."""
        setup: Setup = self.ctx_args["obj"]
        return os.fsencode(setup.environment.get(name, "")).decode()


def parted(line: str, at: str = "") -> tuple[list[str], str]:
    """Return the words of a line before the one that was begun, and that one.

    Args:
        line: what was typed; until the cursor where its word is not said.
        at: which word the cursor is in.
    """
    if at:
        words = split_arg_string(line)
        return words[1 : int(at)], "".join(words[int(at) : int(at) + 1])
    *words, last = split_arg_string(f"{line}x")
    return words[1:], last[:-1]


class Bash(_Answering):
    """Bash, which replaces what stands behind the last of its “word breaks”."""

    name = "bash"
    source_template = BASH

    def get_completions(self, args: list[str], incomplete: str) -> list[Item]:
        """Return the matches in the form that bash inserts."""
        found = super().get_completions(args, incomplete)
        if _in_quotes(self.given("COMP_WORDS")):
            return found
        kept = _kept(incomplete, self.given("COMP_WORDBREAKS"))
        return [CompletionItem(_escaped(each.value[kept:]), each.type, each.help) for each in found]

    def format_completion(self, item: Item) -> str:
        """Return an answer as a line."""
        return f"{item.type},{item.value}"


def _kept(begun: str, breaks: str) -> int:
    """Return how much of a word bash keeps: until the last break, though not an “@” itself."""
    found = {each for each in breaks if each in begun} - set(" \t\n'\"")
    after = [begun.rfind(each) + (each not in "@$") for each in found]
    return max(after, default=0)


def _in_quotes(line: str) -> bool:
    try:
        shlex.split(line)
    except ValueError as error:
        return "quotation" in str(error)
    return False


def _escaped(word: str) -> str:
    return re.sub(r"([^\w@%+=:,./-])", r"\\\1", word)


class Zsh(_Answering, ZshComplete):
    """Zsh, as Click has it."""

    name = "zsh"


class Fish(_Answering, FishComplete):
    """Fish, whose helps may have commas."""

    name = "fish"
    source_template = FISH


class PowerShell(_Answering):
    """PowerShell, which hands over the words one a line: a backslash is nothing special there."""

    name = "powershell"
    source_template = POWERSHELL

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the one that was begun, and that one."""
        *words, last = self.given("COMP_WORDS").split("\n")
        return words[1:], last

    def format_completion(self, item: Item) -> str:
        """Return the inserted word, the shown word, and its help; nothing for files."""
        if item.type != "plain":
            return ""
        shown = " ".join(item.value.split())
        help_ = " ".join((item.help or "").split()) or shown
        return f"{_quoted(shown)}\t{shown}\t{help_}"


def _quoted(word: str) -> str:
    if re.fullmatch(r"[\w./:=+-][\w@./:=+-]*", word):
        return word
    return "'" + word.replace("'", "''") + "'"


SHELLS: dict[str, type[ShellComplete]] = {each.name: each for each in (Bash, Zsh, Fish, PowerShell)}


def script_of(program: click.Command, shell: str) -> str:
    """Return the script that a shell has to read."""
    return SHELLS[shell](program, {}, PROGRAM, COMPLETE).source()


def answer(program: click.Command, setup: Setup) -> str:
    """Return the answer to a script; empty after any error."""
    shell, _, wanted = setup.environment[COMPLETE].partition("_")
    try:
        found = SHELLS[shell](program, {"obj": setup}, PROGRAM, COMPLETE)
        return found.source() if wanted == "source" else found.complete()
    except (Exception, KeyboardInterrupt):  # noqa: BLE001 - somebody is typing: say nothing
        return ""
