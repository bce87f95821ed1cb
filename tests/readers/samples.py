"""A short sample of our own for each family of formats: (file name, format, text, expected labels, words and times)."""

# ruff: noqa: E501 - the lines of transcripts are long

import json

Said = tuple[str | None, str, float | None]

SAMPLES: dict[str, tuple[str, str, str, list[Said]]] = {
    "webvtt": (
        "talk.vtt",
        "webvtt",
        "WEBVTT - A talk\n\nNOTE not said\n\nSTYLE\n::cue { color: red }\n\nintro\n00:01.000 --> 00:02.000 align:start\n"
        "<v Ada>Good <i>morning</i>,\n\n00:02.000 --> 00:03.000\n<v.loud Ada>Bob.</v>\n\n"
        "00:03.500 --> 00:04.000\n<v Bob>R&amp;D</v> <v Ada>yes",
        [("Ada", "Good morning, Bob.", 1.0), ("Bob", "R&D", 3.5), ("Ada", "yes", None)],
    ),
    "zoom": (
        "GMT_Recording.transcript.vtt",
        "webvtt",
        "WEBVTT\r\n\r\n1\r\n00:00:01.000 --> 00:00:02.000\r\nAda Lovelace: Hello.\r\n\r\n2\r\n00:00:02.500 --> 00:00:03.000\r\n"
        "Ada Lovelace: Are you there?\r\n\r\n3\r\n00:00:04.000 --> 00:00:05.000\r\nCharles Babbage: At 10:30: yes.\r\n",
        [("Ada Lovelace", "Hello. Are you there?", 1.0), ("Charles Babbage", "At 10:30: yes.", 4.0)],
    ),
    "teams": (
        "meeting.vtt",
        "webvtt",
        "WEBVTT\n\n0:0:4.80 --> 0:0:6.0\n<v Ada Lovelace>First.</v>\n\n0:0:5.5 --> 0:0:7.0\n<v Bob>Second.</v>\n",
        [("Ada Lovelace", "First.", 4.08), ("Bob", "Second.", 5.005)],
    ),
    "youtube-captions": (
        "auto.vtt",
        "webvtt",
        "WEBVTT\nKind: captions\nLanguage: en\n\n00:00:00.000 --> 00:00:02.000 align:start position:0%\n \n"
        "so<00:00:00.500><c> we</c><00:00:01.000><c> start</c>\n\n00:00:02.000 --> 00:00:02.010 align:start position:0%\n"
        "so we start\n \n\n00:00:02.010 --> 00:00:04.000 align:start position:0%\nso we start\n"
        "here<00:00:03.000><c> now</c>\n\n00:00:04.000 --> 00:00:04.010 align:start position:0%\nhere now\n \n",
        [(None, "so we start here now", 0.0)],
    ),
    "srt": (
        "talk.srt",
        "srt",
        "\ufeff1\n00:00:01,000 --> 00:00:02,500 X1:40 X2:600\n<font color='#fff'>ADA: Hello</font>\nthere.\n\n"
        "7\n00:00:03.5 --> 00:00:04\n[door slams]\n\n00:00:05,000 --> 00:00:06,000\nAnd you? BOB: Fine.\n",
        [("ADA", "Hello there. [door slams] And you?", 1.0), ("BOB", "Fine.", None)],
    ),
    "dashes": (
        "film.srt",
        "srt",
        "1\n00:00:01,000 --> 00:00:02,000\n- Tea?\n- Not for me.\n\n2\n00:00:03,000 --> 00:00:04,000\n>> Well.\n",
        [(None, "Tea?", 1.0), (None, "Not for me.", None), (None, "Well.", 3.0)],
    ),
    "sbv": (
        "talk.sbv",
        "sbv",
        "0:00:00.500,0:00:02.000\nOne line\nand two\n\n0:00:02.000,0:00:03.000\nthree\n",
        [(None, "One line and two three", 0.5)],
    ),
    "ass": (
        "talk.ass",
        "ssa",
        "[Script Info]\nTitle: x\n\n[V4+ Styles]\nFormat: Name, Fontname\nStyle: Default,Arial\n\n[Events]\n"
        "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
        "Dialogue: 0,0:00:01.00,0:00:02.00,Default,Ada,0,0,0,,{\\i1}Hello,\\Nyou{\\i0}\n"
        "Comment: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,not said\n",
        [("Ada", "Hello, you", 1.0)],
    ),
    "ttml": (
        "talk.ttml",
        "ttml",
        '<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata" '
        'xmlns:p="http://podcasts.apple.com/transcript-ttml-internal"><head><metadata><ttm:agent xml:id="v1" type="person">'
        "<ttm:name>Ada</ttm:name></ttm:agent></metadata></head><body><div>"
        '<p begin="1.5" end="3s" ttm:agent="v1"><span p:unit="sentence"><span begin="1.5" p:unit="word">Two</span>'
        '<span begin="2.25" p:unit="word">words.</span></span><span p:unit="sentence"><span begin="2.5">More.</span></span></p>'
        '<p begin="00:00:04:15" end="5s">Line<br/>break</p></div></body></tt>',
        [("Ada", "Two words. More.", 1.5), (None, "Line break", 4.5)],
    ),
    "tei": (
        "session.xml",
        "tei",
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><particDesc><person xml:id="a"><persName><surname>Lovelace</surname>'
        "<forename>Ada</forename></persName></person></particDesc></teiHeader><text><body><div><head>Opening</head>"
        '<u who="#a"><seg>One.</seg><vocal><desc>laughter</desc></vocal><seg>Two.</seg></u>'
        '<note type="speaker">Mr Babbage:</note><u who="#b">Three.</u></div></body></text></TEI>',
        [("Ada Lovelace", "One.\n[laughter]\nTwo.", None), ("Mr Babbage", "Three.", None)],
    ),
    "akoma-ntoso": (
        "debate.xml",
        "tei",
        '<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><debate><meta><references>'
        '<TLCPerson eId="p" href="/p" showAs="Ada Lovelace"/></references></meta><debateBody><debateSection>'
        '<heading>Motion</heading><speech by="#p"><from>Ms Lovelace:</from><p>I beg</p><p>to move.</p></speech>'
        "</debateSection></debateBody></debate></akomaNtoso>",
        [("Ada Lovelace", "I beg\nto move.", None)],
    ),
    "podcast-json": (
        "talk.json",
        "podcast-json",
        '{"version":"1.0.0","segments":[{"speaker":"Ada","startTime":0.5,"endTime":1,"body":"One"},'
        '{"speaker":"Ada","startTime":1,"endTime":2,"body":"two."},{"speaker":"Bob","startTime":2,"body":"Three."}]}',
        [("Ada", "One two.", 0.5), ("Bob", "Three.", 2.0)],
    ),
    "podcast-html": (
        "talk.html",
        "podcast-html",
        "<html><head><title>no</title></head><body><cite>Ada:</cite>\n<time>0:01</time>\n<p>Hello &amp; <b>wel</b>come</p>"
        "<cite>Bob:</cite><time>1:05</time><p>Yes.<br>No.</p><script>alert(1)</script></body></html>",
        [("Ada", "Hello & welcome", 1.0), ("Bob", "Yes. No.", 65.0)],
    ),
    "whisper": (
        "talk.json",
        "whisper",
        json.dumps(
            {
                "text": " Well, hello.",
                "segments": [
                    {"start": 0.5, "end": 1.0, "text": " Well,", "speaker": "SPEAKER_00"},
                    {
                        "start": 1.0,
                        "end": 2.0,
                        "text": " hello.",
                        "speaker": "SPEAKER_01",
                        "words": [{"word": " hello.", "start": 1.2, "end": 2.0}],
                    },
                ],
            }
        ),
        [("SPEAKER_00", "Well,", 0.5), ("SPEAKER_01", "hello.", 1.2)],
    ),
    "whisper-cpp": (
        "talk.json",
        "whisper",
        '{"transcription":[{"timestamps":{"from":"00:00:01,500","to":"00:00:02,000"},"text":" Hi."}]}',
        [(None, "Hi.", 1.5)],
    ),
    "deepgram": (
        "talk.json",
        "deepgram",
        '{"results":{"channels":[{"alternatives":[{"transcript":"hi you","words":['
        '{"word":"hi","punctuated_word":"Hi.","start":0.5,"end":0.8,"speaker":0},'
        '{"word":"you","punctuated_word":"You?","start":1.5,"end":1.8,"speaker":1}]},{"transcript":"high ewe"}]}]}}',
        [("Speaker 0", "Hi.", 0.5), ("Speaker 1", "You?", 1.5)],
    ),
    "assemblyai": (
        "talk.json",
        "assemblyai",
        '{"audio_url":"x","text":"Hi. You?","utterances":[{"speaker":"A","start":500,"end":800,"text":"Hi.","words":[]},'
        '{"speaker":"B","start":1500,"end":1800,"text":"You?","words":[{"text":"You?","start":1600,"end":1800}]}]}',
        [("Speaker A", "Hi.", 0.5), ("Speaker B", "You?", 1.6)],
    ),
    "azure": (
        "talk.json",
        "azure",
        '{"recognizedPhrases":[{"offset":"PT1M0.5S","duration":"PT1S","speaker":1,"nBest":[{"display":"Hi."},{"display":"High."}]},'
        '{"offsetInTicks":620000000.0,"durationInTicks":1.0,"speaker":2,"nBest":[{"display":"You?"}]}]}',
        [("Speaker 1", "Hi.", 60.5), ("Speaker 2", "You?", 62.0)],
    ),
    "azure-fast": (
        "talk.json",
        "azure",
        '{"combinedPhrases":[{"text":"Hi."}],"phrases":[{"offsetMilliseconds":1500,"text":"Hi.","speaker":1}]}',
        [("Speaker 1", "Hi.", 1.5)],
    ),
    "aws": (
        "talk.json",
        "aws",
        '{"results":{"transcripts":[{"transcript":"Hi, all. You?"}],"speaker_labels":{"segments":[{"speaker_label":"spk_0","items":['
        '{"start_time":"0.5","speaker_label":"spk_0"},{"start_time":"0.9","speaker_label":"spk_0"}]},{"speaker_label":"spk_1",'
        '"items":[{"start_time":"1.5","speaker_label":"spk_1"}]}]},"items":['
        '{"start_time":"0.5","end_time":"0.8","type":"pronunciation","alternatives":[{"content":"Hi"}]},'
        '{"type":"punctuation","alternatives":[{"content":","}]},'
        '{"start_time":"0.9","end_time":"1.0","type":"pronunciation","alternatives":[{"content":"all"}]},'
        '{"type":"punctuation","alternatives":[{"content":"."}]},'
        '{"start_time":"1.5","end_time":"1.8","type":"pronunciation","alternatives":[{"content":"You"}]},'
        '{"type":"punctuation","alternatives":[{"content":"?"}]}]}}',
        [("spk_0", "Hi, all.", 0.5), ("spk_1", "You?", 1.5)],
    ),
    "google": (
        "talk.json",
        "google",
        '{"results":[{"alternatives":[{"transcript":"hi","words":[{"word":"hi","startTime":"1.300s"}]}]},'
        '{"alternatives":[{"transcript":" you","words":[{"word":"you","startTime":"2s"}]}]},{"alternatives":[{"words":['
        '{"word":"hi","startTime":"1.300s","speakerTag":1},{"word":"you","startTime":"2s","speakerTag":2}]}]}]}',
        [("Speaker 1", "hi", 1.3), ("Speaker 2", "you", 2.0)],
    ),
    "bold-names": (
        "talk.md",
        "bold-names",
        "---\ntitle: A talk\n---\n**Ada Lovelace:** \\[00:30\\] Hello *you* and `x`.\n\nA [link](https://example.org/a_(b)).\n\n"
        "**Break:** \\[00:40\\]\n\n**Bob:** Fine \\[laughter\\] &amp; well. **Note:** this stays.\n",
        [
            ("Ada Lovelace", "Hello *you* and `x`.\n\nA [link](https://example.org/a_(b)).", 30.0),
            ("Bob", "Fine \\[laughter\\] &amp; well. **Note:** this stays.", 40.0),
        ],
    ),
    "minutes": (
        "call.md",
        "bold-names",
        "# Call 1\n\n**Ada**\n* One.\n* Two.\n\n**Bob**\nThree.\n\n**Ada** (as chair):\nFour.\n\n### Attendees\n* Ada\n",
        [
            ("Ada", "One.\n* Two.", None),
            ("Bob", "Three.", None),
            ("Ada (as chair)", "Four.", None),
            (None, "Ada", None),
        ],
    ),
    "name-lines": (
        "talk.md",
        "name-lines",
        "Ada Lovelace: 00:00:01\n\nHello.\nYou.\n\n0xB10C 00:01:05\n\nYes.\n\nqx() 00:01:09\n\nNo.\n",
        [("Ada Lovelace", "Hello.\nYou.", 1.0), ("0xB10C", "Yes.", 65.0), ("qx()", "No.", 69.0)],
    ),
    "rev": (
        "talk.txt",
        "name-lines",
        "Ada Chen (00:00:00):\nHello.\n\n(00:01:21):\nStill me.\n\nBob (00:01:30):\nMe now.\n",
        [("Ada Chen", "Hello.\n\n(00:01:21):\nStill me.", 0.0), ("Bob", "Me now.", 90.0)],
    ),
    "otter": (
        "talk.txt",
        "name-lines",
        "Kelly  0:34  \nSo, hello.\n\nUnknown Speaker  0:35  \nHi.\n\nTranscribed by https://otter.ai\n",
        [("Kelly", "So, hello.", 34.0), ("Unknown Speaker", "Hi.", 35.0)],
    ),
    "chinese": (
        "talk.txt",
        "name-lines",
        "发言人1 00:05\n你好。\n\n发言人2 00:09\n你好吗？\n",
        [("发言人1", "你好。", 5.0), ("发言人2", "你好吗？", 9.0)],
    ),
    "times and names": (
        "talk.txt",
        "stamped-names",
        "[00:00:01] Ada\nHello.\n[laughs] You.\n\n[00:00:05] Man\nYes.\n\n[00:00:09] Ada\n3 times.\n\n[00:00:12] Man\nSo.\n",
        [("Ada", "Hello.\n[laughs] You.", 1.0), ("Man", "Yes.", 5.0), ("Ada", "3 times.", 9.0), ("Man", "So.", 12.0)],
    ),
    "bracketed": (
        "talk.txt",
        "stamped-lines",
        "[Speaker 1] [00:20] Hello.\n[Speaker 2] [00:25] Hi.\n[Speaker 2] [00:27] Again.\n",
        [("Speaker 1", "Hello.", 20.0), ("Speaker 2", "Hi.\n[Speaker 2] [00:27] Again.", 25.0)],
    ),
    "bracketed-times": (
        "talk.txt",
        "stamped-lines",
        "[00:01:02] Ada: Hello.\n[00:01:05] and more\n[00:01:09] Bob: Hi.\n",
        [("Ada", "Hello.\n[00:01:05] and more", 62.0), ("Bob", "Hi.", 69.0)],
    ),
    "leading-times": (
        "talk.txt",
        "stamped-lines",
        "00:00:06 Hello, and welcome\n00:00:09 to us\n00:00:12 - Thank you.\n",
        [(None, "Hello, and welcome\n00:00:09 to us", 6.0), (None, "Thank you.", 12.0)],
    ),
    "bold times": (
        "talk.md",
        "stamped-lines",
        "0:00 - Intro\n0:29 - Chips\n1:30 - End\n\n## Intro\n\n**0:00** · I'm Ada.\n\n**0:16** · Hello.\n\n### Chips\n\n**0:29** · So.\n",
        [(None, "I'm Ada.\n\n**0:16** · Hello.", 0.0), (None, "So.", 29.0)],
    ),
    "youtube-paste": (
        "talk.txt",
        "youtube-paste",
        "0:00\nhello and welcome  \n0:04\ntoday we  \n0:08\nbuild  \n0:10\nan engine  \nChapter two\n0:15\nagain\n0:20\nend\nSearch in video\n",
        [
            (None, "hello and welcome  \n0:04\ntoday we  \n0:08\nbuild  \n0:10\nan engine", 0.0),
            (None, "again\n0:20\nend", 15.0),
        ],
    ),
    "youtube-paste, times spelt out": (
        "talk.txt",
        "youtube-paste",
        "0:00\n0 seconds\nhello\n0:05\n5 seconds\n5 seconds\n1:00\n1 minute\n2 minutes\n1:02:03\n1 hour, 2 minutes, 3 seconds\nend\n",
        [
            (
                None,
                "hello\n0:05\n5 seconds\n5 seconds\n1:00\n1 minute\n2 minutes\n1:02:03\n1 hour, 2 minutes, 3 seconds\nend",
                0.0,
            )
        ],
    ),
    "Google Meet": (
        "talk.txt",
        "labels",
        "Attendees\nAda Lovelace, Bob Ray\n\n00:00:00\n\nAda Lovelace: Hello.\nBob Ray: Hi.\n\n00:05:00\n\nBob Ray: Bye.\n",
        [
            (None, "Attendees\nAda Lovelace, Bob Ray", None),
            ("Ada Lovelace", "Hello.", 0.0),
            ("Bob Ray", "Hi.\n\n00:05:00\n\nBob Ray: Bye.", None),
        ],
    ),
    "labels": (
        "talk.txt",
        "labels",
        "Ada Lovelace: Hello.\n\nIt goes on: like this.\n\nMireille B. Reece, Psy.D: Yes.\n\nhttps://example.org\n\nAda Lovelace: Bye.\n",
        [
            ("Ada Lovelace", "Hello.\n\nIt goes on: like this.", None),
            ("Mireille B. Reece, Psy.D", "Yes.\n\nhttps://example.org", None),
            ("Ada Lovelace", "Bye.", None),
        ],
    ),
    "initials": (
        "talk.txt",
        "labels",
        "Mary Fox (MF) talks to Tim Lee (TL).\n\nMF: Hello.\n\nTL: Hi.\n\nMF: Bye.\n",
        [
            (None, "Mary Fox (MF) talks to Tim Lee (TL).", None),
            ("Mary Fox", "Hello.", None),
            ("Tim Lee", "Hi.", None),
            ("Mary Fox", "Bye.", None),
        ],
    ),
    "questions": (
        "talk.txt",
        "labels",
        "Q: Why?\n\nA: Because.\n\nQ: And?\n\nA: So.\n",
        [("Q", "Why?", None), ("A", "Because.", None), ("Q", "And?", None), ("A", "So.", None)],
    ),
    "press conference": (
        "talk.txt",
        "labels",
        "MS. LEE:  Good afternoon.\n \nQ    Thank you.  Why?\n \nMS. LEE:  Because.\n \nQ\tAnd now?\n \nMS. LEE:  So.\n",
        [
            ("MS. LEE", "Good afternoon.", None),
            ("Q", "Thank you.  Why?", None),
            ("MS. LEE", "Because.", None),
            ("Q", "And now?", None),
            ("MS. LEE", "So.", None),
        ],
    ),
    "deposition": (
        "talk.txt",
        "labels",
        "Q.  State your name.\nA.  Ada.\nQ.  And your trade?\nA.  Numbers.\n",
        [("Q", "State your name.", None), ("A", "Ada.", None), ("Q", "And your trade?", None), ("A", "Numbers.", None)],
    ),
    "hearing": (
        "talk.txt",
        "titled-names",
        "    The Chairman. Order. Today we hear\nMr. Ray. He is welcome.\n    We begin.\n\n"
        "   STATEMENT OF ROBERT C. RAY, CHIEF ECONOMIST, THE NOVA\n                RESEARCH INSTITUTE\n\n"
        "    Mr. Ray. Thank you.\n    The Chairman. Ms. Lee Fox of Texas.\n    Ms. Lee Fox of Texas. Why?\n",
        [
            ("The Chairman", "Order. Today we hear\nMr. Ray. He is welcome.\n    We begin.", None),
            (None, "STATEMENT OF ROBERT C. RAY, CHIEF ECONOMIST, THE NOVA\n                RESEARCH INSTITUTE", None),
            ("Mr. Ray", "Thank you.", None),
            ("The Chairman", "Ms. Lee Fox of Texas.", None),
            ("Ms. Lee Fox of Texas", "Why?", None),
        ],
    ),
    "court": (
        "argument.txt",
        "numbered-lines",
        "            Official\n\n"
        + "\n".join(
            f"{number:2}" + (f"   COVER OF CASE {number}: A v. B" if number < 5 else "") for number in range(1, 26)
        )
        + "\n\n                    1\n        A Reporting Company\n\n 1          ARGUMENT OF CHARLES BABBAGE\n"
        " 2          MR. BABBAGE:     May it please the\n 3   Court: engines\n     and looms.\n 4          They work.\n"
        " 5          JUSTICE MOSS:  Do\n 6   they?\n 7          Q.    Ever?\n 8          A     Yes.\n 9          Q.    Why?\n"
        "10          A     No idea.\n11\n12\n13\n14\n15\n16\n17\n18\n19          MR. BABBAGE:     Well.\n"
        "20          JUSTICE MOSS:  Fine.\n21\n                    2\n        A Reporting Company\n"
        "engines 2:3\nlooms 2:4\n",
        [
            ("MR. BABBAGE", "May it please the Court: engines and looms.\nThey work.", None),
            ("JUSTICE MOSS", "Do they?", None),
            ("Q", "Ever?", None),
            ("A", "Yes.", None),
            ("Q", "Why?", None),
            ("A", "No idea.", None),
            ("MR. BABBAGE", "Well.", None),
            ("JUSTICE MOSS", "Fine.", None),
        ],
    ),
    "right-to-left": (
        "talk.txt",
        "labels",
        "עדה: שלום.\n\nאחמד: مرحبا.\n\nעדה: כן.\n\nאחמד: نعم.\n",
        [("עדה", "שלום.", None), ("אחמד", "مرحبا.", None), ("עדה", "כן.", None), ("אחמד", "نعم.", None)],
    ),
    "captions": (
        "talk.txt",
        "captions",
        "Before. >> Hello.\n>> Yes &amp; no. &gt;&gt; MAN: Well.\n",
        [(None, "Before.", None), (None, "Hello.", None), (None, "Yes &amp; no.", None), ("MAN", "Well.", None)],
    ),
    "prose": (
        "talk.txt",
        "prose",
        "nobody is named and nothing is timed",
        [(None, "nobody is named and nothing is timed", None)],
    ),
}
