package io.apiguard.authn.mtls;

/** The attributes of a subject's distinguished name that can name a caller (RFC 4519, RFC 2985). */
public enum SubjectAttribute {
    /** {@code CN}. */
    COMMON_NAME("2.5.4.3", "CN"),
    /** {@code UID}. */
    USER_ID("0.9.2342.19200300.100.1.1", "UID"),
    /** {@code serialNumber} of the subject, which is not the certificate's serial number. */
    SERIAL_NUMBER("2.5.4.5", "SERIALNUMBER"),
    /** {@code emailAddress}. */
    EMAIL_ADDRESS("1.2.840.113549.1.9.1", "EMAILADDRESS");

    private final String oid;
    private final String keyword;

    SubjectAttribute(String oid, String keyword) {
        this.oid = oid;
        this.keyword = keyword;
    }

    String oid() {
        return oid;
    }

    String keyword() {
        return keyword;
    }
}
