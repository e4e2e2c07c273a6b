"""Processor time and memory of whole processes."""
import os
import statistics
import subprocess
import sys


class Runner:
    """Runs commands through `program`, bench/run."""

    def __init__(self, program, work):
        self.program, self.taken = program, work / "taken"

    def __call__(self, command, env=None):
        """CPU seconds, peak megabytes (of the largest process) and what one run printed; ends the
        program when it fails."""
        done = subprocess.run([self.program, self.taken, *map(str, command)], check=False, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, env={**os.environ, **(env or {})})
        if done.returncode != 0:
            sys.exit(f"failed: {' '.join(map(str, command))[:400]}\n{done.stderr.decode(errors='replace')}")
        seconds, memory = self.taken.read_text(encoding="ascii").split()
        return float(seconds), int(memory) / 1024, done.stdout.decode()


class Figures:
    """What the runs of one program took."""

    def __init__(self, name):
        self.name, self.seconds, self.whole, self.ratios = name, [], [], []
        self.memory, self.printed, self.size, self.pages = 0.0, "", None, None

    def median(self):
        return statistics.median(self.seconds)

    def ratio(self):
        """To the first of its group: the median of those of each round."""
        return statistics.median(self.ratios)


def interleave(run, runs, programs):
    """Runs the programs in turn, `runs` times over; each is its name, command, environment, and a
    command that does nothing but start, or None: what that takes is no work of the program."""
    figures = [Figures(name) for name, *_ in programs]
    for _ in range(runs):
        for figure, (_, command, env, idle) in zip(figures, programs):
            start = run(idle, env)[0] if idle else 0
            seconds, memory, figure.printed = run(command, env)
            figure.seconds.append(seconds - start)
            figure.whole.append(seconds)
            figure.memory = max(figure.memory, memory)
            figure.ratios.append(figure.seconds[-1] / figures[0].seconds[-1])
    return figures
