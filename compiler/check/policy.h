// Inside check only: policies, their head lines and what they conclude.
#pragma once

#include "compiler/check/context.h"

namespace huiyu::check {

// Checks one policy of a file and adds it. `document`: the 文件 it stands under, if any.
void check_policy(Context& context, ast::File const& file, ast::PolicyDecl const& decl,
                  ast::DocumentDecl const* document);
// Two policies with one id: reported, both places labelled.
void check_policy_ids(Context& context);

// Fills id, citation, board, payout, place, validity and year from the head line.
void check_attributes(Context& context, Scope const& scope, ast::PolicyDecl const& decl,
                      ast::DocumentDecl const* document, tir::Policy& policy);

// Whether 兑现 promises to pay without asking the firm, or 要求 已核实 demands verified facts, and which facts do not
// allow it: reported.
void check_provenance(Context& context, ast::PolicyDecl const& decl, ast::DocumentDecl const* document,
                      tir::Policy const& policy);

// Whether what promises to pay without asking goes by rank, in a 遴选 or in a 预算: reported, once all are settled.
void check_competitions(Context& context);

// Items, caps and conclusions. Adds to `conditions` what must hold for there to be a class at all.
void check_conclusions(Context& context, Scope const& scope, ast::PolicyDecl const& decl, tir::Policy& policy,
                       std::vector<tir::ExprId>& conditions);

}  // namespace huiyu::check
