package io.apiguard.cedar.parser;

import io.apiguard.cedar.value.Position;
import java.util.Arrays;

/** Finds line and column of an offset quickly, for texts of which many places are asked. */
final class Lines {

    private final int[] starts;

    Lines(String text) {
        int count = (int) text.chars().filter(c -> c == '\n').count();
        starts = new int[count + 1];
        int line = 0;
        for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
            starts[++line] = i + 1;
        }
    }

    Position position(int offset) {
        int found = Arrays.binarySearch(starts, offset);
        int line = found >= 0 ? found : -found - 2;
        return new Position(line + 1, offset - starts[line] + 1);
    }
}
