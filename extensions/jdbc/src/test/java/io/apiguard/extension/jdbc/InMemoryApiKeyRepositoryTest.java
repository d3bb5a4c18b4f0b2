package io.apiguard.extension.jdbc;

import io.apiguard.authn.apikey.ApiKeyRepository;
import io.apiguard.authn.apikey.InMemoryApiKeyRepository;

/** The one of core holds the same contract as the one with a database. */
class InMemoryApiKeyRepositoryTest extends ApiKeyRepositoryContract {

    private final ApiKeyRepository repository = InMemoryApiKeyRepository.ofAtMost(1000);

    @Override
    ApiKeyRepository repository() {
        return repository;
    }
}
