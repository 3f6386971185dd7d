"""What is generated: how many policies and records, and of what shape."""
from dataclasses import dataclass

# One district of the province; a profile of one county has all its records there.
CITY = "330106"


@dataclass(frozen=True)
class Profile:
    policies: int
    records: int
    vocabulary: int = 500  # tags that a list may hold
    tags: float = 6  # tags in a list, on the average
    shape: str = "mixed"  # mixed, district or adversarial
    city: str | None = None


# S is asked one record at a time, by its first 85, 1,000, … policies; it and P-46K have the policies of P-46K-s to
# begin with. I holds edits: each of its policies is a release's change. X-adv: everything dense, nothing shared, one
# county, and two columns of nothing but nulls.
PROFILES = {
    "D-85": Profile(85, 80_384, vocabulary=5000, tags=12, shape="district", city=CITY),
    "C-4K": Profile(4_000, 300_000),
    "P-46K-s": Profile(46_000, 200_000),
    "P-46K": Profile(46_000, 5_000_000),
    "S": Profile(200_000, 200_000),
    "I": Profile(60, 200_000),
    "X-adv": Profile(4_000, 100_000, shape="adversarial", city=CITY),
}
