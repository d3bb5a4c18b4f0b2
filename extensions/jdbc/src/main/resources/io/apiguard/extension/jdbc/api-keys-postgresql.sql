-- API keys of API Guard, for PostgreSQL 12 and later. Run it once, as part of the application's own migrations.
--
-- No column holds a key: hash is HMAC-SHA-256 of it under the secret api-keys, in the version that secret_key_id names.
-- The types are those of standard SQL but TEXT and COLLATE "C". On another database ids must compare case-sensitively.
-- Lists (scopes, roles, allowed_addresses) are sorted and separated by line feeds; the empty text is the empty list.
CREATE TABLE api_guard_api_key (
    id                VARCHAR(64) COLLATE "C" NOT NULL,
    hash              VARCHAR(64)             NOT NULL,
    secret_key_id     VARCHAR(64)             NOT NULL,
    subject           TEXT                    NOT NULL,
    tenant            TEXT,
    scopes            TEXT                    NOT NULL,
    roles             TEXT                    NOT NULL,
    allowed_addresses TEXT                    NOT NULL,
    expires_at        TIMESTAMP WITH TIME ZONE,
    enabled           BOOLEAN                 NOT NULL,
    created_at        TIMESTAMP WITH TIME ZONE,
    last_used_at      TIMESTAMP WITH TIME ZONE,
    revoked_at        TIMESTAMP WITH TIME ZONE,
    replaced_by       VARCHAR(64) COLLATE "C",
    version           BIGINT                  NOT NULL,
    -- Finds a key for a request, and pages a listing (WHERE id > ? ORDER BY id).
    CONSTRAINT api_guard_api_key_pk PRIMARY KEY (id)
);

-- For an operator's own questions: the keys of one owner, and which keys a rotated secret still holds up.
-- API Guard itself asks by id alone; last_used_at is in no index, so that noting a use stays cheap (a heap-only update).
CREATE INDEX api_guard_api_key_owner ON api_guard_api_key (subject, tenant);
CREATE INDEX api_guard_api_key_secret ON api_guard_api_key (secret_key_id);
