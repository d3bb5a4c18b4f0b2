package io.apiguard.extension.cli;

import io.apiguard.http.AddressBlock;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads address blocks from the command line. */
final class AddressBlockConverter implements ITypeConverter<AddressBlock> {

    @Override
    public AddressBlock convert(String text) {
        try {
            return AddressBlock.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
