package io.apiguard.authn.apikey;

/**
 * An API key as an operator sees it.
 *
 * @param stored the record
 * @param state whether the key can be used now
 * @param hashedWith whether the secret it was hashed with is still in use; an older one may be taken away once no key needs it
 */
public record ListedApiKey(ApiKeyRecord stored, State state, HashedWith hashedWith) {

    /** Whether a key can be used. */
    public enum State {
        /** It can. */
        ACTIVE,
        /** It can, until its successor has taken over. */
        REPLACED,
        /** It cannot until it is enabled again. */
        DISABLED,
        /** It cannot any more: its time is over. */
        EXPIRED,
        /** It cannot any more: it was revoked. */
        REVOKED
    }

    /** Which version of the secret a key was hashed with. */
    public enum HashedWith {
        /** The one that new keys are hashed with. */
        CURRENT,
        /** One from before a rotation; the key verifies as long as the source of secrets knows it. Rotate the key to be rid of it. */
        OLDER,
        /** One that is not known any more: the key is refused. */
        GONE
    }
}
