package io.apiguard.cedar.value;

/**
 * A place in a text.
 *
 * @param line counted from 1
 * @param column counted from 1, in characters of Java
 */
public record Position(int line, int column) {

    @Override
    public String toString() {
        return "line " + line + ", column " + column;
    }
}
