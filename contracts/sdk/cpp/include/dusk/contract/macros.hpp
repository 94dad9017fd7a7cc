// Applies a macro to every argument: DUSK_FOR_EACH(macro, context, a, b) is macro(context, a) macro(context, b).
#pragma once

#define DUSK_PARENTHESES ()
#define DUSK_EXPAND(...) DUSK_EXPAND_3(DUSK_EXPAND_3(DUSK_EXPAND_3(DUSK_EXPAND_3(__VA_ARGS__))))
#define DUSK_EXPAND_3(...) DUSK_EXPAND_2(DUSK_EXPAND_2(DUSK_EXPAND_2(DUSK_EXPAND_2(__VA_ARGS__))))
#define DUSK_EXPAND_2(...) DUSK_EXPAND_1(DUSK_EXPAND_1(DUSK_EXPAND_1(DUSK_EXPAND_1(__VA_ARGS__))))
#define DUSK_EXPAND_1(...) __VA_ARGS__

#define DUSK_FOR_EACH(macro, context, ...) __VA_OPT__(DUSK_EXPAND(DUSK_FOR_EACH_STEP(macro, context, __VA_ARGS__)))
#define DUSK_FOR_EACH_STEP(macro, context, first, ...) \
    macro(context, first) __VA_OPT__(DUSK_FOR_EACH_AGAIN DUSK_PARENTHESES(macro, context, __VA_ARGS__))
#define DUSK_FOR_EACH_AGAIN() DUSK_FOR_EACH_STEP

// The same with commas between the results.
#define DUSK_LIST(macro, context, ...) __VA_OPT__(DUSK_EXPAND(DUSK_LIST_STEP(macro, context, __VA_ARGS__)))
#define DUSK_LIST_STEP(macro, context, first, ...) \
    macro(context, first) __VA_OPT__(, DUSK_LIST_AGAIN DUSK_PARENTHESES(macro, context, __VA_ARGS__))
#define DUSK_LIST_AGAIN() DUSK_LIST_STEP
