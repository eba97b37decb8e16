"""How easy Spanish texts are to read: the index of Szigriszt-Pazos (the INFLESZ scale calls 65 to 80 "fairly easy").

Reads one line, a JSON object of pages, each a list of sentences. Prints one, with a number for each page.
"""

import json
import sys
import warnings

# textstat looks for its data with `pkg_resources`.
warnings.filterwarnings("ignore")

import textstat  # noqa: E402

textstat.set_lang("es")
pages = json.loads(sys.stdin.readline())
print(json.dumps({page: textstat.szigriszt_pazos(" ".join(sentences)) for page, sentences in pages.items()}), flush=True)
