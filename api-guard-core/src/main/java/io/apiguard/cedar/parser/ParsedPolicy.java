package io.apiguard.cedar.parser;

import io.apiguard.cedar.ast.Policy;
import io.apiguard.cedar.ast.Positions;

/**
 * A policy or template, and where its parts stand.
 *
 * @param policy what was read
 * @param positions where each part of it stands
 * @param start where its text begins, counted in characters
 * @param end where its text ends, behind the semicolon
 */
public record ParsedPolicy(Policy policy, Positions positions, int start, int end) {}
