package io.apiguard.internal.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes down what a scanner tells, to compare runs. */
final class Recorder implements JsonHandler {

    final List<String> events = new ArrayList<>();

    static Recorder of(byte[] document, int... cuts) {
        Recorder recorder = new Recorder();
        JsonScanner scanner = new JsonScanner(recorder, 100, 1000);
        int from = 0;
        for (int cut : cuts) {
            scanner.feed(document, from, cut - from);
            from = cut;
        }
        scanner.feed(document, from, document.length - from);
        scanner.finish();
        recorder.events.add(scanner.fault() + " at " + scanner.offset());
        return recorder;
    }

    @Override
    public boolean start(Kind kind, long offset) {
        return events.add("start " + kind + " " + offset);
    }

    @Override
    public boolean end(Kind kind, long offset) {
        return events.add("end " + kind + " " + offset);
    }

    @Override
    public boolean name(long start, long end, byte[] utf8, int from, int to) {
        return events.add(
                "name " + start + " " + end + " " + new String(utf8, from, to - from, StandardCharsets.UTF_8));
    }

    @Override
    public boolean comma(long offset) {
        return events.add("comma " + offset);
    }
}
