"""What one article says of magnesium glycinate, held against the model; disagreements first.

usage: 13_claims.py [article]
"""

import sys

import mgpk

article = sys.argv[1] if len(sys.argv) > 1 else "A4"
claims = mgpk.claims(article=article, testable="yes", draws=0, progress=False)

print(f"{len(claims)} claims of article {article} that a simulation can test")
for claim in claims:
    print(f"{claim.id}  {claim.claim}")
    print(f"  {claim.by.measure} = {claim.by.value:.3g} [{claim.by.unit}]")
    print(f"  model: {claim.verdict}, literature: {claim.literature}")
print(mgpk.disclaimer, file=sys.stderr)
