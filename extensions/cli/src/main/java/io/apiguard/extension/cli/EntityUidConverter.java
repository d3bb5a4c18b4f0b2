package io.apiguard.extension.cli;

import io.apiguard.cedar.parser.CedarParser;
import io.apiguard.cedar.value.CedarException;
import io.apiguard.cedar.value.EntityUid;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads names of entities from the command line. */
final class EntityUidConverter implements ITypeConverter<EntityUid> {

    @Override
    public EntityUid convert(String text) {
        try {
            return CedarParser.entity(text);
        } catch (CedarException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
