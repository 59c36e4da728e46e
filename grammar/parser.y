/* The grammar of the language: one line at a time.
 *
 * In: tokens as filter.c delivers them. Out: one tree a line, handed to ast_place, which knows what stands under what.
 * Decision: a file is a flat list of lines; the block a line stands in is known before it is parsed (filter.c) and joined
 * to it afterwards (place.c). So a mistake costs its own line and nothing below it. Cost: that a rule needs an item above
 * it is not in the grammar.
 */
%require "3.8"
%expect 0
%define api.pure full
%define api.prefix {kaohe_yy}
%define api.token.prefix {TOK_}
%define api.value.type union
%define api.location.type {struct span}
%define parse.error custom
%define parse.lac full
%locations
%param {struct front *front}

%code requires {
#include "build.h"
}

%code {
#include "advice.h"
#include "build.h"
#include "filter.h"

#include "../runtime/limits.h"

/* Stacks grow in the arena: nothing is lost when it jumps. bison's macro has no argument for it, hence a variable, one
 * for each thread; a repair that is tried within a parse (repair.c) has the same arena. */
static _Thread_local struct arena *stack_arena;
#define YYMALLOC(size) arena_take(stack_arena, (size), 1)
#define YYFREE(block) ((void)(block))
#define YYINITDEPTH 200
#define YYMAXDEPTH 10000

#define YYLLOC_DEFAULT(now, right, n)                                                                                       \
    do {                                                                                                                    \
        if (n) {                                                                                                            \
            (now).from = YYRHSLOC(right, 1).from;                                                                           \
            (now).to = YYRHSLOC(right, n).to;                                                                               \
        } else {                                                                                                            \
            (now).from = (now).to = YYRHSLOC(right, 0).to;                                                                  \
        }                                                                                                                   \
    } while (0)

/* A node: its kind, where it stands, then its slots by name (ast.def). */
#define MAKE(kind_, where, ...) ast_make(front, (struct ast){.kind = AST_##kind_, .span = (where), ##__VA_ARGS__})
#define NAMED(token) .text = (token)->text, .at = (token)->span
#define HEADED(token) .text2 = (token) ? (token)->text : TEXT_NONE

static int kaohe_yylex(KAOHE_YYSTYPE *value, struct span *where, struct front *front);
static void kaohe_yyerror(struct span *where, struct front *front, const char *message);
}

%initial-action { stack_arena = front->arena; @$ = SPAN_NONE; }

/* signs and literals */
%token END 0 NL STRAY COMMA COLON OPEN CLOSE STOP DOT PLUS MINUS TIMES DIVIDE EQ NE LT GT LE GE
%token <struct token *> NAME NUMBER PERCENTAGE DOTTED DATE MONTHDAY DURATION STRING
/* what a line is that no keyword opens */
%token L_FIELD L_CASE L_CELLS L_GRADE L_ROWS
/* keywords.def, in its order */
%token SCHEME EDITION SOURCE PERIOD CARRYING ROUND ROUNDED PARTS TOTAL PLACES HALF_UP HALF_EVEN DOWN UP EXACT SHOW
%token VALUES UNIT TABLE FOR_ALL VIEW ONCE_PER AT_HIGHEST LET CHOOSE GRID QUESTION TAKE WHEN RANKING HIGH_FIRST LOW_FIRST THEN_BY
%token SECTION ITEM BONUS EVERY_ITEM GRADES OUTCOME SAMPLE EXAMPLE USE_RESULTS USE NOTE GAP EVIDENCE
%token T_TEXT T_BOOL_NA T_BOOL T_COUNT T_NUMBER T_PERCENT T_DATE T_UNIT T_ITEM ONE_OF STEP KEY OPTIONAL ONLY_WHEN MUST NEEDS
%token WORTH WEIGHT DIVIDED UNALLOTTED FROM UP_TO NO_LIMIT JUDGED ALL_OR_NOTHING IN_STEPS APPLIES_IF FULL ZERO SHARED
%token PER_MISSING PER_EXTRA PER WHOLE_STEPS STARTED_STEPS PRO_RATA WHERE EXCEPT IF THEN ELSE OTHERWISE SCORE DEDUCT ADD FORFEIT
%token VETO BAR CAP AT UNTIL_NONE BECAUSE UNDECIDED DUE AFTER MAY_BY LIKE GIVEN WITH EXPECT INCOMPLETE DEDUCTED ASSESSED NOT_ASSESSED
%token BY OF OF_PARENT WITHIN AS TO BELOW AT_MOST OVER AT_LEAST OR_MORE OR_LESS BETWEEN IS_NOT NOT_IN IS SHI IN
%token AND OR NOT YES NO NA ANY EVERY NONE_OF HAS COUNT_DISTINCT COUNT_OF SUM_OF AVG_OF HIGH_OF LOW_OF BEST DROPPING HIGHEST LOWEST
%token STREAK_OF DEFAULT DAYS_FROM WORKDAYS_FROM MONTHS_FROM YEARS_FROM MONTH_OF YEAR_OF DAY WORKDAY MONTH YEAR THIS GRADE_BY_SCORE

%type <struct token *> heading number
%type <struct text> edition
%type <struct tail> tail cite
%type <enum ast_op> mode mode_or_not node order how remainder fold quantity dates sign below_sign above_sign equal_sign
%type <struct ast *> line head_line name string figure share bound day
%type <struct ast *> table table_option view_option asked value label ranking ranking_option
%type <struct ast *> part attribute judged judge grade grade_from outcome outcome_option who
%type <struct ast *> field type range applies need case case_value headed cell
%type <struct ast *> rule head short_head if_head per_head target thing effect points word worded counted first modifier
%type <struct ast *> setting column plain rows row_set expected examined state part_ref
%type <struct ast *> condition bare expr not comparison arith sum term unary post primary operand few
%type <struct ast *> dotted rows_of counting kept drops drop quantifier arm arm_label date_between
%type <struct list> shown values ordered ranking_options judges needs cells heads short_heads
%type <struct list> clauses worded_clauses signed_clauses clause worded_clause plain_clauses plain_clause limits
%type <struct list> settings withs expecteds ands ors list arms

%%

file: lines END ;

lines: %empty
     | lines NL
     | lines line tail NL            { ast_place(front, $2, $3); }
     | lines error NL                { ast_broken(front, @2); yyerrok; }
     ;

/* ---- what may stand at the end of any line ---- */

tail: %empty                         { $$ = (struct tail){0}; }
    | tail cite                      { $$ = tail_join(front, $1, $2, @2); }
    ;
cite: BECAUSE STRING                 { $$ = (struct tail){.because = $2->text}; }
    | SOURCE STRING                  { $$ = (struct tail){.source = $2->text}; }
    | WHEN name IS name              { $$ = (struct tail){.when = MAKE(WHEN, @$, .a = $2, .b = $4)}; }
    ;

/* ---- the head of a scheme ---- */

line: head_line | table | ranking | part | grade | outcome | field | case | rule | rows ;

head_line: SCHEME STRING             { $$ = MAKE(SCHEME, @$, .at = @2, .text2 = $2->text); }
    | EDITION edition                { $$ = MAKE(EDITION, @$, .at = @2, .text = $2); }
    | SOURCE STRING                  { $$ = MAKE(SOURCE_OF, @$, .at = @2, .text2 = $2->text); }
    | PERIOD day TO day              { $$ = MAKE(PERIOD, @$, .a = $2, .b = $4); }
    | PERIOD day TO day comma CARRYING day { $$ = MAKE(PERIOD, @$, .a = $2, .b = $4, .c = $7); }
    | ROUND EXACT                    { $$ = MAKE(ROUND, @$, .op = OP_EXACT); }
    | ROUND figure PLACES mode       { $$ = MAKE(ROUND, @$, .op = $4, .a = $2); }
    | ROUND PARTS figure PLACES comma TOTAL figure PLACES mode { $$ = MAKE(ROUND, @$, .op = $9, .a = $3, .b = $7); }
    ;
head_line: SHOW shown                { $$ = MAKE(SHOW, @$, .list = $2.first); } ;
shown: name                          { $$ = list_of($1); }
    | shown COMMA name               { $$ = list_add($1, $3); }
    ;
edition: NUMBER                      { $$ = $1->text; }
    | DURATION                       { $$ = $1->text; } /* 2007年 */
    | STRING                         { $$ = $1->text; }
    ;
mode: HALF_UP                        { $$ = OP_HALF_UP; }
    | HALF_EVEN                      { $$ = OP_HALF_EVEN; }
    | DOWN                           { $$ = OP_DOWN; }
    | UP                             { $$ = OP_UP; }
    ;
mode_or_not: %empty                  { $$ = OP_HALF_UP; }
    | mode
    ;
comma: %empty | COMMA ;
day: DATE                            { $$ = MAKE(DATE, @$, .text = $1->text); } ;

/* ---- names and values ---- */

heading: %empty                      { $$ = NULL; }
    | STRING
    ;
name: NAME                           { $$ = MAKE(NAME, @$, .text = $1->text); } ;
string: STRING                       { $$ = MAKE(STRING, @$, .text2 = $1->text); } ;
figure: NUMBER                       { $$ = MAKE(NUMBER, @$, .text = $1->text); } ;
share: figure
    | PERCENTAGE                     { $$ = MAKE(PERCENTAGE, @$, .text = $1->text); }
    ;
bound: share
    | MINUS share                    { $$ = MAKE(NEGATE, @$, .a = $2); }
    ;
who: name | string ;

values: value                        { $$ = list_of($1); }
    | values COMMA value             { $$ = list_add($1, $3); }
    ;
ordered: value LT value              { $$ = list_add(list_of($1), $3); }
    | ordered LT value               { $$ = list_add($1, $3); }
    ;
value: label
    | label STRING                   { $$ = ast_merge(front, $1, MAKE(VALUE, @$, .text2 = $2->text)); }
    ;
label: NAME                          { $$ = MAKE(VALUE, @$, NAMED($1)); }
    | STRING                         { $$ = MAKE(VALUE, @$, NAMED($1), .flags = AST_QUOTED); }
    | NUMBER                         { $$ = MAKE(VALUE, @$, NAMED($1)); }
    ;

/* ---- declarations of one line ---- */

head_line: VALUES NAME heading ONE_OF values { $$ = MAKE(VALUES, @$, NAMED($2), HEADED($3), .list = $5.first); }
    | VALUES NAME heading ONE_OF ordered { $$ = MAKE(VALUES, @$, NAMED($2), HEADED($3), .list = $5.first, .flags = AST_ORDERED); }
    | VIEW NAME heading EQ name      { $$ = MAKE(VIEW, @$, NAMED($2), HEADED($3), .a = $5); }
    | VIEW NAME heading EQ name view_option { $$ = ast_merge(front, MAKE(VIEW, @$, NAMED($2), HEADED($3), .a = $5), $6); }
    | LET NAME heading EQ condition  { $$ = MAKE(LET, @$, NAMED($2), HEADED($3), .a = $5); }
    | QUESTION NAME asked ONE_OF values TAKE name { $$ = ast_merge(front, MAKE(QUESTION, @$, NAMED($2), .list = $5.first, .a = $7), $3); }
    | QUESTION NAME asked ONE_OF values TAKE name BY string
                                     { $$ = ast_merge(front, MAKE(QUESTION, @$, NAMED($2), .list = $5.first, .a = $7, .b = $9), $3); }
    | USE STRING                     { $$ = MAKE(USE, @$, .at = @2, .text2 = $2->text); }
    | USE_RESULTS STRING AS NAME     { $$ = MAKE(USE_RESULTS, @$, NAMED($4), .text2 = $2->text); }
    | NOTE STRING                    { $$ = MAKE(NOTE, @$, .at = @2, .text2 = $2->text); }
    | GAP STRING                     { $$ = MAKE(GAP, @$, .at = @2, .text2 = $2->text); }
    ;
asked: %empty                        { $$ = NULL; }
    | STRING                         { $$ = MAKE(QUESTION, @$, .text2 = $1->text); }
    | string STRING                  { $$ = MAKE(QUESTION, @$, .text2 = $2->text, .c = $1); }
    ;
view_option: WHERE expr              { $$ = MAKE(VIEW, @$, .b = $2); }
    | comma ONCE_PER name AT_HIGHEST sum { $$ = MAKE(VIEW, @$, .c = $3, .d = $5); }
    | WHERE expr comma ONCE_PER name AT_HIGHEST sum { $$ = MAKE(VIEW, @$, .b = $2, .c = $5, .d = $7); }
    ;

ranking: RANKING NAME heading BY sum ranking_options { $$ = ast_rank(front, MAKE(RANKING, @$, NAMED($2), HEADED($3), .a = $5), $6); } ;
ranking_options: %empty              { $$ = (struct list){0}; }
    | ranking_options ranking_option { $$ = list_add($1, $2); }
    | ranking_options COMMA ranking_option { $$ = list_add($1, $3); }
    ;
ranking_option: order                { $$ = MAKE(RANKING, @$, .op = $1); }
    | WITHIN name                    { $$ = MAKE(RANKING, @$, .b = $2); }
    | WHERE expr                     { $$ = MAKE(RANKING, @$, .c = $2); }
    | THEN_BY sum                    { $$ = MAKE(RANK_KEY, @$, .a = $2); }
    ;
order: HIGH_FIRST                    { $$ = OP_HIGH_FIRST; }
    | LOW_FIRST                      { $$ = OP_LOW_FIRST; }
    ;

outcome: OUTCOME NAME heading IF condition { $$ = MAKE(OUTCOME, @$, NAMED($2), HEADED($3), .a = $5); }
    | outcome comma outcome_option   { $$ = ast_merge(front, $1, $3); }
    ;
outcome_option: DUE sum              { $$ = MAKE(OUTCOME, @$, .b = $2); }
    | TO who                         { $$ = MAKE(OUTCOME, @$, .c = $2); }
    | MAY_BY who                     { $$ = MAKE(OUTCOME, @$, .d = $2); }
    ;

/* ---- units and tables ---- */

head_line: UNIT NAME heading         { $$ = MAKE(UNIT, @$, NAMED($2), HEADED($3)); } ;

table: TABLE NAME                    { $$ = MAKE(TABLE, @$, NAMED($2)); }
    | table table_option             { $$ = ast_merge(front, $1, $2); }
    | table COMMA table_option       { $$ = ast_merge(front, $1, $3); }
    ;
table_option: STRING                 { $$ = MAKE(TABLE, @$, .text2 = $1->text); }
    | of_parent name                 { $$ = MAKE(TABLE, @$, .a = $2); }
    | BY name                        { $$ = MAKE(TABLE, @$, .b = $2); }
    | BY name FROM sum               { $$ = MAKE(TABLE, @$, .b = $2, .c = $4); }
    | AT_LEAST figure                { $$ = MAKE(TABLE, @$, .d = $2); }
    | FOR_ALL                        { $$ = MAKE(TABLE, @$, .flags = AST_FOR_ALL); }
    ;
of_parent: OF | OF_PARENT | IN ;

field: L_FIELD NAME heading type     { $$ = MAKE(FIELD, @$, NAMED($2), HEADED($3), .a = $4); }
    | field KEY                      { $$ = ast_merge(front, $1, MAKE(FIELD, @$, .flags = AST_KEY)); }
    | field OPTIONAL                 { $$ = ast_merge(front, $1, MAKE(FIELD, @$, .flags = AST_OPTIONAL)); }
    | field ONLY_WHEN condition      { $$ = ast_merge(front, $1, MAKE(FIELD, @$, .b = $3)); }
    | field applies                  { $$ = ast_merge(front, $1, MAKE(FIELD, @$, .c = $2)); }
    ;
head_line: L_FIELD NAME heading EQ condition { $$ = MAKE(COMPUTED, @$, NAMED($2), HEADED($3), .a = $5); }
    | MUST condition                 { $$ = MAKE(MUST, @$, .a = $2); }
    ;
type: T_TEXT                         { $$ = MAKE(TYPE, @$, .op = OP_TEXT); }
    | T_BOOL                         { $$ = MAKE(TYPE, @$, .op = OP_BOOL); }
    | T_BOOL_NA                      { $$ = MAKE(TYPE, @$, .op = OP_BOOL_NA); }
    | T_DATE                         { $$ = MAKE(TYPE, @$, .op = OP_DATE); }
    | T_UNIT                         { $$ = MAKE(TYPE, @$, .op = OP_UNIT); }
    | T_ITEM                         { $$ = MAKE(TYPE, @$, .op = OP_ITEM); }
    | NAME                           { $$ = MAKE(TYPE, @$, .op = OP_NAMED, NAMED($1)); }
    | ONE_OF values                  { $$ = MAKE(TYPE, @$, .op = OP_LIST, .list = $2.first); }
    | ONE_OF ordered                 { $$ = MAKE(TYPE, @$, .op = OP_LIST, .list = $2.first, .flags = AST_ORDERED); }
    | quantity range                 { $$ = ast_merge(front, MAKE(TYPE, @$, .op = $1), $2); }
    | quantity range STEP share      { $$ = ast_merge(front, MAKE(TYPE, @$, .op = $1, .c = $4), $2); }
    ;
quantity: T_COUNT                    { $$ = OP_COUNT; }
    | COUNT_OF                       { $$ = OP_COUNT; } /* 个数 */
    | T_NUMBER                       { $$ = OP_NUMBER; }
    | T_PERCENT                      { $$ = OP_PERCENT; }
    ;
range: %empty                        { $$ = NULL; }
    | bound TO bound                 { $$ = MAKE(TYPE, @$, .a = $1, .b = $3); }
    | FROM bound TO bound            { $$ = MAKE(TYPE, @$, .a = $2, .b = $4); }
    | FROM bound                     { $$ = MAKE(TYPE, @$, .a = $2); }
    | AT_LEAST bound                 { $$ = MAKE(TYPE, @$, .a = $2); }
    | AT_MOST bound                  { $$ = MAKE(TYPE, @$, .b = $2); }
    | UP_TO bound                    { $$ = MAKE(TYPE, @$, .b = $2); }
    ;

/* ---- choices and grids ---- */

head_line: CHOOSE NAME heading       { $$ = MAKE(CHOOSE, @$, NAMED($2), HEADED($3)); }
    | CHOOSE NAME heading IN name    { $$ = MAKE(CHOOSE, @$, NAMED($2), HEADED($3), .a = $5); }
    | GRID NAME heading BY name comma_and name { $$ = MAKE(GRID, @$, NAMED($2), HEADED($3), .a = $5, .b = $7); }
    ;
comma_and: COMMA | AND ;

case: L_CASE case_value IF condition { $$ = ast_merge(front, $2, MAKE(CASE, @$, .b = $4)); }
    | L_CASE IF condition then case_value { $$ = ast_merge(front, $5, MAKE(CASE, @$, .b = $3)); }
    | L_CASE UNDECIDED STRING        { $$ = MAKE(CASE, @$, .op = OP_UNDECIDED, .text2 = $3->text); }
    | L_CASE otherwise case_value    { $$ = ast_merge(front, $3, MAKE(CASE, @$)); }
    | L_CASE otherwise COLON case_value { $$ = ast_merge(front, $4, MAKE(CASE, @$)); }
    ;
case_value: arith                    { $$ = MAKE(CASE, @$, .a = $1); }
    | headed                         { $$ = MAKE(CASE, @$, .a = $1); }
    | UNDECIDED STRING               { $$ = MAKE(CASE, @$, .op = OP_UNDECIDED, .text2 = $2->text); }
    ;
headed: NAME STRING                  { $$ = MAKE(NAME, @$, NAMED($1), HEADED($2)); } ;
otherwise: OTHERWISE | ELSE ;
then: COLON | COMMA | THEN ;

head_line: L_CELLS cells             { $$ = MAKE(GRID_ROW, @$, .list = $2.first); }
    | L_CELLS cell COLON cells       { $$ = MAKE(GRID_ROW, @$, .list = list_join(list_of($2), $4).first); }
    ;
cells: cell                          { $$ = list_of($1); }
    | cells comma cell               { $$ = list_add($1, $3); }
    ;
cell: bound | name | string
    | YES                            { $$ = MAKE(YES, @$); }
    | NO                             { $$ = MAKE(NO, @$); }
    | NA                             { $$ = MAKE(NA, @$); }
    ;

/* ---- parts ---- */

part: node number STRING             { $$ = MAKE(PART, @$, .op = $1, NAMED($2), .text2 = $3->text); }
    | part comma attribute           { $$ = ast_merge(front, $1, $3); }
    ;
node: SECTION                        { $$ = OP_SECTION; }
    | ITEM                           { $$ = OP_ITEM; }
    | BONUS                          { $$ = OP_BONUS; }
    ;
number: NUMBER | DOTTED ;
attribute: WORTH term                { $$ = MAKE(ATTRIBUTE, @$, .op = OP_WORTH, .a = $2); }
    | FROM term                      { $$ = MAKE(ATTRIBUTE, @$, .op = OP_FROM, .a = $2); }
    | ceiling term                   { $$ = MAKE(ATTRIBUTE, @$, .op = OP_UP_TO, .a = $2); }
    | NO_LIMIT                       { $$ = MAKE(ATTRIBUTE, @$, .op = OP_NO_LIMIT); }
    | WEIGHT term                    { $$ = MAKE(ATTRIBUTE, @$, .op = OP_WEIGHT, .a = $2); }
    | DIVIDED term                   { $$ = MAKE(ATTRIBUTE, @$, .op = OP_DIVIDED, .a = $2); }
    | UNALLOTTED term                { $$ = MAKE(ATTRIBUTE, @$, .op = OP_UNALLOTTED, .a = $2); }
    | judged
    | judged BY judges               { $$ = ast_merge(front, $1, MAKE(JUDGED, @$, .list = $3.first)); }
    ;
ceiling: CAP | UP_TO | AT_MOST ;
judged: JUDGED                       { $$ = MAKE(JUDGED, @$); }
    | JUDGED ALL_OR_NOTHING          { $$ = MAKE(JUDGED, @$, .flags = AST_ALL_OR_NOTHING); }
    | JUDGED IN_STEPS figure         { $$ = MAKE(JUDGED, @$, .a = $3); }
    ;
judges: judge                        { $$ = list_of($1); }
    | judges AND judge               { $$ = list_add($1, $3); }
    ;
judge: NAME                          { $$ = MAKE(JUDGE, @$, .text2 = $1->text); }
    | STRING                         { $$ = MAKE(JUDGE, @$, .text2 = $1->text); }
    | NAME share                     { $$ = MAKE(JUDGE, @$, .text2 = $1->text, .a = $2); }
    | STRING share                   { $$ = MAKE(JUDGE, @$, .text2 = $1->text, .a = $2); }
    ;

head_line: EVERY_ITEM                { $$ = MAKE(EVERY_ITEM, @$); }
    | applies
    | NEEDS needs                    { $$ = MAKE(NEEDS, @$, .list = $2.first); }
    | EVIDENCE STRING                { $$ = MAKE(EVIDENCE, @$, .text2 = $2->text); }
    | EVIDENCE STRING BY who         { $$ = MAKE(EVIDENCE, @$, .text2 = $2->text, .a = $4); }
    ;
applies: APPLIES_IF condition        { $$ = MAKE(APPLIES, @$, .op = OP_FULL, .flags = AST_BARE, .a = $2); }
    | APPLIES_IF condition otherwise how { $$ = MAKE(APPLIES, @$, .op = $4, .a = $2); }
    ;
how: FULL                            { $$ = OP_FULL; }
    | ZERO                           { $$ = OP_ZERO; }
    | SHARED                         { $$ = OP_SHARED; }
    ;
needs: need                          { $$ = list_of($1); }
    | needs COMMA need               { $$ = list_add($1, $3); }
    ;
need: NAME heading                   { $$ = MAKE(NEED, @$, NAMED($1), HEADED($2)); } ;

/* ---- grades ---- */

head_line: GRADES                    { $$ = MAKE(GRADES, @$); } ;

grade: L_GRADE NAME heading grade_from { $$ = ast_merge(front, MAKE(GRADE, @$, NAMED($2), HEADED($3)), $4); }
    | grade comma ceiling share      { $$ = ast_merge(front, $1, MAKE(GRADE, @$, .c = $4)); }
    | grade WITHIN name              { $$ = ast_merge(front, $1, MAKE(GRADE, @$, .d = $3)); }
    ;
grade_from: FROM sum                 { $$ = MAKE(GRADE, @$, .op = OP_FROM, .a = $2); }
    | AT_LEAST sum                   { $$ = MAKE(GRADE, @$, .op = OP_FROM, .a = $2); }
    | bound OR_MORE                  { $$ = MAKE(GRADE, @$, .op = OP_FROM, .a = $1); }
    | bound TO bound                 { $$ = MAKE(GRADE, @$, .op = OP_RANGE, .a = $1, .b = $3); }
    | FROM sum TO sum                { $$ = MAKE(GRADE, @$, .op = OP_RANGE, .a = $2, .b = $4); }
    | otherwise                      { $$ = MAKE(GRADE, @$, .op = OP_OTHERWISE); }
    ;

/* ---- rules ---- */

rule: heads then clauses             { $$ = ast_rule(front, @$, $1, $3); }
    | heads worded_clauses           { $$ = ast_rule(front, @$, $1, $2); }  /* no colon before a word */
    | short_heads signed_clauses     { $$ = ast_rule(front, @$, $1, $2); }  /* nor before a sign, if nothing could go on */
    | first                          { $$ = ast_rule(front, @$, (struct list){0}, list_of($1)); }
    | first IF condition             { $$ = ast_rule(front, @$, list_of(MAKE(HEAD_IF, @3, .a = $3)), list_of($1)); }
    | first IF condition COMMA limits
                                     { $$ = ast_rule(front, @$, list_of(MAKE(HEAD_IF, @3, .a = $3)), list_join(list_of($1), $5)); }
    | first COMMA plain_clauses      { $$ = ast_rule(front, @$, (struct list){0}, list_join(list_of($1), $3)); }
    ;

heads: head                          { $$ = list_of($1); }
    | heads then head                { $$ = list_add($1, $3); }
    | heads per_head                 { $$ = list_add($1, $2); }
    | short_heads
    ;
short_heads: short_head              { $$ = list_of($1); }
    | heads then short_head          { $$ = list_add($1, $3); }
    | heads short_head               { $$ = list_add($1, $2); }
    ;
head: if_head | per_head ;
if_head: IF condition                { $$ = MAKE(HEAD_IF, @$, .a = $2); } ;
per_head: short_head WHERE expr      { $$ = ast_where(front, $1, $3, NULL); }
    | short_head WHERE expr EXCEPT expr { $$ = ast_where(front, $1, $3, $5); }
    | short_head EXCEPT expr         { $$ = ast_where(front, $1, NULL, $3); }
    ;
short_head: PER target               { $$ = ast_widen($2, @$); }
    | PER target AS name             { $$ = ast_widen(ast_merge(front, $2, MAKE(HEAD_PER, @$, .e = $4)), @$); }
    | PER_MISSING thing remainder    { $$ = ast_merge(front, MAKE(HEAD_MISSING, @$, .op = $3), $2); }
    | PER_MISSING thing OF few remainder { $$ = ast_merge(front, MAKE(HEAD_MISSING, @$, .op = $5, .b = $4), $2); }
    | PER_EXTRA thing OVER few remainder { $$ = ast_merge(front, MAKE(HEAD_EXTRA, @$, .op = $5, .b = $4), $2); }
    ;
target: name                         { $$ = MAKE(HEAD_PER, @$, .a = $1); }
    | figure name                    { $$ = MAKE(HEAD_PER, @$, .f = $1, .a = $2); }
    | name IN name                   { $$ = MAKE(HEAD_PER, @$, .b = $1, .a = $3); }
    | figure name IN name            { $$ = MAKE(HEAD_PER, @$, .f = $1, .b = $2, .a = $4); }
    ;
thing: operand                       { $$ = MAKE(HEAD_MISSING, @$, .a = $1); }
    | share operand                  { $$ = MAKE(HEAD_MISSING, @$, .d = $1, .a = $2); }
    | DURATION operand               { $$ = MAKE(HEAD_MISSING, @$, .d = ast_duration(front, $1), .a = $2); }
    ;
few: operand | share
    | DURATION                       { $$ = MAKE(NUMBER, @$, .text = $1->text); } /* 应有 12天 */
    ;
remainder: %empty                    { $$ = OP_NONE; }
    | WHOLE_STEPS                    { $$ = OP_WHOLE; }
    | STARTED_STEPS                  { $$ = OP_STARTED; }
    | PRO_RATA                       { $$ = OP_PRO_RATA; }
    ;

clauses: clause
    | clauses COMMA clause           { $$ = list_join($1, $3); }
    ;
worded_clauses: worded_clause
    | worded_clauses COMMA clause    { $$ = list_join($1, $3); }
    ;
signed_clauses: points               { $$ = list_of($1); }
    | signed_clauses COMMA clause    { $$ = list_join($1, $3); }
    ;
clause: worded_clause
    | points                         { $$ = list_of($1); }
    | modifier                       { $$ = list_of($1); }
    ;
worded_clause: worded                { $$ = list_of($1); }
    | counted                        { $$ = list_of($1); }
    | counted IF condition           { $$ = list_of(ast_effect_if($1, $3, @$)); }
    | SCORE expr                     { $$ = list_of(MAKE(SCORE, @$, .a = $2)); }
    ;
/* behind a first effect without a head nothing has an `if` of its own */
plain_clauses: plain_clause
    | plain_clauses COMMA plain_clause { $$ = list_join($1, $3); }
    ;
plain_clause: points                 { $$ = list_of($1); }
    | worded                         { $$ = list_of($1); }
    | counted                        { $$ = list_of($1); }
    | modifier                       { $$ = list_of($1); }
    ;
first: points | worded | effect
    | effect AT few                  { $$ = ast_effect_at($1, $3, @$); }
    | SCORE expr                     { $$ = MAKE(SCORE, @$, .a = $2); }
    ;
points: MINUS term                   { $$ = MAKE(POINTS, @$, .op = OP_MINUS, .a = $2); }
    | PLUS term                      { $$ = MAKE(POINTS, @$, .op = OP_PLUS, .a = $2); }
    ;
worded: DEDUCT term                  { $$ = MAKE(POINTS, @$, .op = OP_MINUS, .a = $2); }
    | ADD term                       { $$ = MAKE(POINTS, @$, .op = OP_PLUS, .a = $2); }
    | UNDECIDED STRING               { $$ = MAKE(UNDECIDED, @$, .text2 = $2->text); }
    ;
effect: FORFEIT                      { $$ = MAKE(FORFEIT, @$); }
    | FORFEIT part_ref               { $$ = MAKE(FORFEIT, @$, .a = $2); }
    | VETO                           { $$ = MAKE(VETO, @$); }
    | VETO TO name                   { $$ = MAKE(VETO, @$, .a = $3); }
    | BAR name                       { $$ = MAKE(BAR, @$, .a = $2); }
    ;
word: effect
    | OUTCOME name                   { $$ = MAKE(OUTCOME_OF, @$, .a = $2); }
    | part_ref FORFEIT               { $$ = MAKE(FORFEIT, @$, .a = $1); }
    ;
counted: word
    | word AT few                    { $$ = ast_effect_at($1, $3, @$); }
    | AT few word                    { $$ = ast_effect_at($3, $2, @$); }
    | AT few then word               { $$ = ast_effect_at($4, $2, @$); }
    ;
limits: modifier                     { $$ = list_of($1); }
    | limits COMMA modifier          { $$ = list_add($1, $3); }
    ;
/* a rule of its own until ast_rule takes it apart */
modifier: ceiling term               { $$ = MAKE(RULE, @$, .b = $2); }
    | ceiling deduct_or_add term     { $$ = MAKE(RULE, @$, .b = $3); }
    | UNTIL_NONE                     { $$ = MAKE(RULE, @$, .flags = AST_UNTIL_NONE); }
    ;
deduct_or_add: DEDUCT | ADD ;

/* ---- examples ---- */

head_line: SAMPLE NAME               { $$ = MAKE(SAMPLE, @$, NAMED($2)); }
    | EXAMPLE STRING                 { $$ = MAKE(EXAMPLE, @$, .at = @2, .text2 = $2->text); }
    | EXAMPLE STRING comma LIKE name { $$ = MAKE(EXAMPLE, @$, .at = @2, .text2 = $2->text, .a = $5); }
    | GIVEN settings                 { $$ = MAKE(GIVEN, @$, .list = $2.first); }
    | EXPECT expecteds               { $$ = MAKE(EXPECT, @$, .list = $2.first); }
    ;
settings: setting                    { $$ = list_of($1); }
    | settings COMMA setting         { $$ = list_add($1, $3); }
    ;
setting: column plain                { $$ = MAKE(SETTING, @$, .a = $1, .b = $2); }
    | column EQ plain                { $$ = MAKE(SETTING, @$, .a = $1, .b = $3); }
    | column IS plain                { $$ = MAKE(SETTING, @$, .a = $1, .b = $3); }
    | column                         { $$ = ast_setting_bare(front, $1); }
    ;
column: name
    | NAME OPEN list CLOSE           { $$ = MAKE(CALL, @$, NAMED($1), .list = $3.first); }
    ;
plain: cell | day | part_ref
    | DURATION                       { $$ = MAKE(NUMBER, @$, .text = $1->text); }
    ;

rows: L_ROWS row_set                 { $$ = $2; }
    | L_ROWS row_set withs           { $$ = ast_with($2, $3, @$); }
    ;
row_set: NAME                        { $$ = MAKE(ROWS, @$, NAMED($1)); }
    | NAME settings                  { $$ = MAKE(ROWS, @$, NAMED($1), .list = $2.first); }
    | figure NAME                    { $$ = MAKE(ROWS, @$, NAMED($2), .a = $1); }
    | figure NAME settings           { $$ = MAKE(ROWS, @$, NAMED($2), .a = $1, .list = $3.first); }
    ;
withs: WITH row_set                  { $$ = list_of($2); }
    | withs WITH row_set             { $$ = list_add($1, $3); }
    | withs AND row_set              { $$ = list_add($1, $3); }
    ;

expecteds: expected                  { $$ = list_of($1); }
    | expecteds COMMA expected       { $$ = list_add($1, $3); }
    ;
expected: examined sign sum          { $$ = MAKE(EXPECT_COMPARE, @$, .op = $2, .a = $1, .b = $3, .at = @2); }
    | part_ref DEDUCTED sum          { $$ = MAKE(EXPECT_DEDUCTED, @$, .a = $1, .b = $3); }
    | part_ref DEDUCTED equal_sign sum { $$ = MAKE(EXPECT_DEDUCTED, @$, .a = $1, .b = $4); }
    | DEDUCTED part_ref equal_sign sum { $$ = MAKE(EXPECT_DEDUCTED, @$, .a = $2, .b = $4); }
    | OUTCOME name                   { $$ = MAKE(EXPECT_OUTCOME, @$, .a = $2); }
    | negation OUTCOME name          { $$ = MAKE(EXPECT_OUTCOME, @$, .a = $3, .flags = AST_NEGATED); }
    | state
    | negation state                 { $$ = ast_merge(front, ast_widen($2, @$), MAKE(EXPECT_STATE, @$, .flags = AST_NEGATED)); }
    ;
examined: part_ref | operand
    | GRADE_BY_SCORE                 { $$ = MAKE(GRADE_BY_SCORE, @$); }
    ;
negation: NO | NONE_OF | NOT ;
state: ASSESSED                      { $$ = MAKE(EXPECT_STATE, @$, .op = OP_ASSESSED_STATE); }
    | NOT_ASSESSED                   { $$ = MAKE(EXPECT_STATE, @$, .op = OP_ASSESSED_STATE, .flags = AST_NEGATED); }
    | VETO                          { $$ = MAKE(EXPECT_STATE, @$, .op = OP_VETO_STATE); }
    | UNDECIDED                      { $$ = MAKE(EXPECT_STATE, @$, .op = OP_UNDECIDED_STATE); }
    | INCOMPLETE                     { $$ = MAKE(EXPECT_STATE, @$, .op = OP_INCOMPLETE_STATE); }
    | UNDECIDED part_ref             { $$ = MAKE(EXPECT_STATE, @$, .op = OP_UNDECIDED_STATE, .a = $2); }
    | INCOMPLETE part_ref            { $$ = MAKE(EXPECT_STATE, @$, .op = OP_INCOMPLETE_STATE, .a = $2); }
    | part_ref UNDECIDED             { $$ = MAKE(EXPECT_STATE, @$, .op = OP_UNDECIDED_STATE, .a = $1); }
    | part_ref INCOMPLETE            { $$ = MAKE(EXPECT_STATE, @$, .op = OP_INCOMPLETE_STATE, .a = $1); }
    ;

/* ---- expressions ---- */

/* An aggregate with a condition stands in brackets, so that its end can be seen; without them only if it is all there is. */
condition: expr | bare ;
bare: counting kept                  { $$ = ast_merge(front, $1, $2); }
    | counting WHERE not             { $$ = ast_widen(ast_where(front, $1, $3, NULL), @$); }
    | quantifier HAS not             { $$ = ast_widen(ast_where(front, $1, $3, NULL), @$); }
    | NOT bare                       { $$ = MAKE(NOT, @$, .a = $2); }
    ;

/* `and` and `or` do not mix without brackets */
expr: not
    | ands                           { $$ = $1.first; }
    | ors                            { $$ = $1.first; }
    | IF expr THEN expr ELSE expr    { $$ = MAKE(IF_ELSE, @$, .a = $2, .b = $4, .c = $6); }
    ;
ands: not AND not                    { $$ = list_of(MAKE(BINARY, @$, .op = OP_AND, .a = $1, .b = $3, .at = @2)); }
    | ands AND not                   { $$ = list_of(MAKE(BINARY, @$, .op = OP_AND, .a = $1.first, .b = $3, .at = @2)); }
    ;
ors: not OR not                      { $$ = list_of(MAKE(BINARY, @$, .op = OP_OR, .a = $1, .b = $3, .at = @2)); }
    | ors OR not                     { $$ = list_of(MAKE(BINARY, @$, .op = OP_OR, .a = $1.first, .b = $3, .at = @2)); }
    ;
not: comparison
    | NOT not                        { $$ = MAKE(NOT, @$, .a = $2); }
    ;

comparison: arith
    | arith EQ arith                 { $$ = ast_compare(front, @$, $1, OP_EQ, @2, $3, 0); }
    | arith NE arith                 { $$ = ast_compare(front, @$, $1, OP_NE, @2, $3, 0); }
    | arith IS arith                 { $$ = ast_compare(front, @$, $1, OP_EQ, @2, $3, AST_WORD); }
    | arith IS_NOT arith             { $$ = ast_compare(front, @$, $1, OP_NE, @2, $3, AST_WORD); }
    | arith below_sign arith         { $$ = ast_compare(front, @$, $1, $2, @2, $3, 0); }
    | arith above_sign arith         { $$ = ast_compare(front, @$, $1, $2, @2, $3, 0); }
    | arith below_sign arith below_sign arith { $$ = ast_chain(front, @$, $1, $2, @2, $3, $4, @4, $5); }
    | arith above_sign arith above_sign arith { $$ = ast_chain(front, @$, $1, $2, @2, $3, $4, @4, $5); }
    | arith BETWEEN arith AND arith  { $$ = ast_chain(front, @$, $3, OP_LE, @2, $1, OP_LE, @4, $5); }
    | arith share OR_MORE            { $$ = ast_compare(front, @$, $1, OP_GE, @3, $2, 0); }
    | arith share OR_LESS            { $$ = ast_compare(front, @$, $1, OP_LE, @3, $2, 0); }
    | arith IS arith OR_MORE         { $$ = ast_compare(front, @$, $1, OP_GE, @4, $3, 0); }
    | arith IS arith OR_LESS         { $$ = ast_compare(front, @$, $1, OP_LE, @4, $3, 0); }
    | arith IN OPEN list CLOSE       { $$ = MAKE(IN, @$, .a = $1, .list = $4.first, .at = @2); }
    | arith NOT_IN OPEN list CLOSE   { $$ = MAKE(IN, @$, .a = $1, .list = $4.first, .at = @2, .flags = AST_NEGATED); }
    ;
below_sign: LT                       { $$ = OP_LT; }
    | BELOW                          { $$ = OP_LT; }
    | LE                             { $$ = OP_LE; }
    | AT_MOST                        { $$ = OP_LE; }
    | UP_TO                          { $$ = OP_LE; }
    ;
above_sign: GT                       { $$ = OP_GT; }
    | OVER                           { $$ = OP_GT; }
    | GE                             { $$ = OP_GE; }
    | AT_LEAST                       { $$ = OP_GE; }
    ;
equal_sign: EQ                       { $$ = OP_EQ; }
    | IS                             { $$ = OP_EQ; }
    ;
sign: equal_sign | below_sign | above_sign
    | NE                             { $$ = OP_NE; }
    | IS_NOT                         { $$ = OP_NE; }
    ;

list: expr                           { $$ = list_of($1); }
    | list COMMA expr                { $$ = list_add($1, $3); }
    ;

arith: sum
    | sum ROUNDED NUMBER PLACES mode_or_not { $$ = MAKE(ROUNDED, @$, .a = $1, .text = $3->text, .op = $5); }
    ;
sum: term
    | sum PLUS term                  { $$ = MAKE(BINARY, @$, .op = OP_ADD, .a = $1, .b = $3, .at = @2); }
    | sum MINUS term                 { $$ = MAKE(BINARY, @$, .op = OP_SUB, .a = $1, .b = $3, .at = @2); }
    ;
term: unary
    | term TIMES unary               { $$ = MAKE(BINARY, @$, .op = OP_MUL, .a = $1, .b = $3, .at = @2); }
    | term DIVIDE unary              { $$ = MAKE(BINARY, @$, .op = OP_DIV, .a = $1, .b = $3, .at = @2); }
    ;
unary: post
    | MINUS unary                    { $$ = MAKE(NEGATE, @$, .a = $2); }
    ;
post: primary
    | post DEFAULT primary           { $$ = MAKE(DEFAULT, @$, .a = $1, .b = $3, .at = @2); }
    ;

operand: dotted
    | MONTH_OF dotted                { $$ = MAKE(CALL, @$, .text = TEXT("month"), .at = @1, .list = $2); }
    | YEAR_OF dotted                 { $$ = MAKE(CALL, @$, .text = TEXT("year"), .at = @1, .list = $2); }
    ;
dotted: name
    | THIS                           { $$ = MAKE(THIS, @$); }
    | NAME OPEN list CLOSE           { $$ = MAKE(CALL, @$, NAMED($1), .list = $3.first); }
    | dotted DOT NAME                { $$ = MAKE(DOT, @$, .a = $1, NAMED($3)); }
    | OPEN expr CLOSE                { $$ = $2; }
    | OPEN counting kept CLOSE       { $$ = ast_merge(front, $2, $3); }
    | OPEN counting WHERE expr CLOSE { $$ = ast_where(front, $2, $4, NULL); }
    | OPEN counting WHERE expr kept CLOSE { $$ = ast_merge(front, ast_where(front, $2, $4, NULL), $5); }
    | OPEN quantifier HAS expr CLOSE { $$ = ast_where(front, $2, $4, NULL); }
    ;
primary: operand | share | day | string | part_ref | counting | date_between
    | DURATION                       { $$ = ast_duration(front, $1); }
    | MONTHDAY                       { $$ = ast_month_day(front, $1); }
    | YES                            { $$ = MAKE(YES, @$); }
    | NO                             { $$ = MAKE(NO, @$); }
    | NA                             { $$ = MAKE(NA, @$); }
    | GRADE_BY_SCORE                 { $$ = MAKE(GRADE_BY_SCORE, @$); }
    | quantifier                     { $$ = ast_quantified(front, $1); }
    | DURATION AFTER operand         { $$ = MAKE(BINARY, @$, .op = OP_ADD, .a = $3, .b = ast_duration(front, $1), .at = @2); }
    | operand AFTER DURATION         { $$ = MAKE(BINARY, @$, .op = OP_ADD, .a = $1, .b = ast_duration(front, $3), .at = @2); }
    | BY operand_by OPEN arms CLOSE  { $$ = MAKE(SELECT, @$, .a = $2, .list = $4.first); }
    ;
part_ref: node number                { $$ = MAKE(PARTREF, @$, .op = $1, NAMED($2)); } ;

date_between: dates operand_or_day TO operand_or_day { $$ = MAKE(BETWEEN_DATES, @$, .op = $1, .a = $2, .b = $4); } ;
dates: DAYS_FROM                     { $$ = OP_DAYS; }
    | WORKDAYS_FROM                  { $$ = OP_WORKDAYS; }
    | MONTHS_FROM                    { $$ = OP_MONTHS; }
    | YEARS_FROM                     { $$ = OP_YEARS; }
    ;
%type <struct ast *> operand_or_day operand_by;
operand_or_day: operand | day
    | MONTHDAY                       { $$ = ast_month_day(front, $1); }
    ;
operand_by: name
    | operand_by DOT NAME            { $$ = MAKE(DOT, @$, .a = $1, NAMED($3)); }
    | OPEN expr CLOSE                { $$ = $2; }
    ;

arms: arm                            { $$ = list_of($1); }
    | arms COMMA arm                 { $$ = list_add($1, $3); }
    ;
arm: arm_label arith                 { $$ = MAKE(ARM, @$, .a = $1, .b = $2); }
    | arm_label COLON arith          { $$ = MAKE(ARM, @$, .a = $1, .b = $3); }
    | otherwise arith                { $$ = MAKE(ARM, @$, .b = $2); }
    | otherwise COLON arith          { $$ = MAKE(ARM, @$, .b = $3); }
    ;
arm_label: name | string | figure
    | YES                            { $$ = MAKE(YES, @$); }
    | NO                             { $$ = MAKE(NO, @$); }
    | NA                             { $$ = MAKE(NA, @$); }
    ;

/* what is aggregated is a name, a call or brackets; `in` always names the table */
counting: COUNT_OF rows_of           { $$ = ast_over(front, MAKE(AGGREGATE, @$, .op = OP_COUNT), $2); }
    | COUNT_DISTINCT operand IN rows_of { $$ = ast_over(front, MAKE(AGGREGATE, @$, .op = OP_DISTINCT, .a = $2), $4); }
    | fold operand IN rows_of        { $$ = ast_over(front, MAKE(AGGREGATE, @$, .op = $1, .a = $2), $4); }
    | STREAK_OF rows_of              { $$ = ast_over(front, MAKE(STREAK, @$), $2); }
    ;
fold: SUM_OF                         { $$ = OP_SUM; }
    | AVG_OF                         { $$ = OP_AVERAGE; }
    | HIGH_OF                        { $$ = OP_HIGHEST; }
    | LOW_OF                         { $$ = OP_LOWEST; }
    ;
/* `best 3`, `dropping highest 1 and lowest 1` */
kept: BEST figure                    { $$ = MAKE(AGGREGATE, @$, .d = $2); }
    | DROPPING drops                 { $$ = MAKE(AGGREGATE, @$, .e = $2); }
    ;
drops: drop
    | drops AND drop                 { $$ = ast_merge(front, $1, $3); }
    ;
drop: HIGHEST figure                 { $$ = MAKE(DROPPING, @$, .a = $2); }
    | HIGH_OF figure                 { $$ = MAKE(DROPPING, @$, .a = $2); }
    | LOWEST figure                  { $$ = MAKE(DROPPING, @$, .b = $2); }
    | LOW_OF figure                  { $$ = MAKE(DROPPING, @$, .b = $2); }
    ;
/* a table, perhaps with the condition in brackets: a quantifier until it is put into its place */
rows_of: name                        { $$ = MAKE(QUANTIFIED, @$, .a = $1); }
    | OPEN name WHERE expr CLOSE     { $$ = MAKE(QUANTIFIED, @$, .a = $2, .b = $4); }
    ;
quantifier: ANY rows_of              { $$ = ast_over(front, MAKE(QUANTIFIED, @$, .op = OP_ANY), $2); }
    | EVERY rows_of                  { $$ = ast_over(front, MAKE(QUANTIFIED, @$, .op = OP_EVERY), $2); }
    | NO rows_of                     { $$ = ast_over(front, MAKE(QUANTIFIED, @$, .op = OP_NONE_OF), $2); }
    | NONE_OF rows_of                { $$ = ast_over(front, MAKE(QUANTIFIED, @$, .op = OP_NONE_OF), $2); }
    ;

%%

static int kaohe_yylex(KAOHE_YYSTYPE *value, struct span *where, struct front *front)
{
    struct token *token;
    int kind = filter_next(front, &token, where);
    switch (kind) {
    case TOK_NAME: case TOK_NUMBER: case TOK_PERCENTAGE: case TOK_DOTTED: case TOK_DATE: case TOK_MONTHDAY: case TOK_DURATION: case TOK_STRING:
        value->TOK_NAME = token;
        break;
    default: break;
    }
    return kind;
}

/* bison has one thing to say for itself: that its stack is full. The filter bounds what may be nested, so this is a second
 * line of defence. */
static void kaohe_yyerror(struct span *where, struct front *front, const char *message)
{
    (void)message;
    front_find(front, D_NESTED, front->last, *where, 1, arena_print(front->arena, "%d", LIMIT_NESTING));
}

static int yyreport_syntax_error(const yypcontext_t *context, struct front *front)
{
    int token_of[YYNTOKENS] = {0}; /* by bison's number of the symbol */
    for (int kind = 1; kind <= YYMAXUTOK; kind++) token_of[YYTRANSLATE(kind)] = kind;
    yysymbol_kind_t symbols[YYNTOKENS];
    int kinds[YYNTOKENS], count = 0;
    if (front->advised++ < ADVISED_LINES) count = yypcontext_expected_tokens(context, symbols, YYNTOKENS);
    for (int i = 0; i < count; i++) kinds[i] = token_of[symbols[i]];
    advise(front, token_of[yypcontext_token(context)], kinds, count);
    filter_recover(front);
    return 0;
}
