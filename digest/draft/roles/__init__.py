"""
What a model is asked for, role by role: values in, a `Request` out.

Pure: the prompt files come in as an argument. Each role is small enough for a model with
16k of context. Who reads the replies is `verify`; who asks, repairs and steps down is the pipeline.

    pairs.py      posts that are close → whether they tell one piece of news
    plan.py       stories → which matter to these readers, and why
    gather.py     documents → the passages worth having
    feature.py    passages → a feature
    round_ups.py  stories → a sentence or two for each
    front.py      verified parts → headline, dek, TL;DR, lead
    repair.py     a draft and its problems → the draft again
    forms.py      JSON schemas of the replies
    showing.py    documents as numbered, fenced passages
    fitting.py    which passages fit into a number of tokens
    setting.py    what all requests of one issue share
"""
