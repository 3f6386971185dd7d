// The grammar of one declaration. The token source cuts unspaced text into words, tells where a line ends, and hands
// over one declaration at a time; words that act alike share one token (补助 奖励 贴息 … are ITEM).
//
//   SEP   ends a row: `；` or a line break before a line that begins with no keyword
//   EOL   ends a clause: a line break before a line that begins with a keyword
//
// INVARIANT (no ambiguity): no text has two trees; a test parses the corpus with exact ambiguity detection.
// Operators of one rule are kept in the order written; the ast builder knows that × binds tighter than +, 且 than 或.
parser grammar Huiyu;

tokens {
  // ends and punctuation
  SEP, EOL, COMMA, DUN, COLON, LEFT, RIGHT, DOT, EQUAL, COMPARE, PLUS, MINUS, TIMES, DIVIDE, SLASH, BAR, STRAY,
  // literals and names
  NAME, NUMBER, DATE, ORDINAL, TOP, TOP_ITEMS, TEXT, RAW, UNIT, MARK, INNER_MARK, END_MARK, PERIOD,
  // declaration heads
  SCHEMA, CODELIST, PARAMETER, REFERENCE, DEFINE, EXCEPTION, DOCUMENT, IMPORT, USE, POLICY, TEST, ALERT, PUBLISHED,
  GROUP, BUDGET, COHORT, TALLY,
  // lines
  SUBJECT, CONDITION, EXCEPT, ITEM, CAP, CLASSIFY, CONCLUDE, ASSESS, GENERAL, LET, GIVEN, EXPECT, ONCE, REQUIRE, SHARE,
  SELECT, MEMBERS, INSTALMENTS, RECLAIM,
  // words of head lines and fields
  GROUP_RULE, CUT, MANNER, AHEAD, USED_FOR, OVERRUN, EACH_HOLDER, REMAINDER, REST, ALLOT, BY, TAKE, TIE,
  IN_EQUAL_PARTS, MAKE_UP,
  WHOLE, GROUPED, LACKING, NOT_COUNTED,
  KEY, ATTRIBUTE, CITE, RANGE, SERIES, SOURCE, USE_PARENT, ORDER, FROM, KNOWN_UNTIL, BE, SAME, MISSING, OUTCOME,
  // conditions
  AND, OR, NOT, BELONGS, PREFIX, POSTFIX, IN, NOT_IN, INSIDE, TO, IS, IS_NOT, NO, RELATION, WHEN, WHERE, QUANTIFIER,
  AT_LEAST_OF, FULL, SINCE, EACH_FULL, SHIFT, DEFAULT, NEXT_YEAR, ANNIVERSARIES,
  // amounts
  PICK, PART, ROUND, KEEP, UNTO, LADDER, TABLE, HIT, OTHERWISE, PER, EVERY, YEAR_COUNT, DISTINCT
}

// ---- declarations -----------------------------------------------------------------------------------------------

only     : isDeclaration=declaration EOF ;

declaration
  : published=PUBLISHED?
    ( isSchema=schema | isCodeList=codeList | isParameter=parameter | isReference=reference | isDefinition=definition
    | isPolicy=policy | isImport=imported )
  | isGroup=group | isBudget=budget | isCohort=cohort | isTally=tally | isException=exceptionElsewhere | isDocument=document | isUse=use | isTest=test | isAlert=alert
  ;

schema   : SCHEMA name=NAME (KEY key=NAME)? (SEP fields+=field)* ;
field    : name=NAME COLON type_=type (RANGE low=limit TO high=limit | series+=SERIES (FROM since+=NAME)? | SOURCE source+=NAME)* ;
type     : word=NAME held=NAME? (SLASH per=UNIT)? ;

codeList
  : CODELIST name=NAME
    ( order=ORDER? COLON ( type_=type codes=codeGroup | entries+=entry ((DUN | SEP) entries+=entry)* ) | SOURCE source=NAME )
  ;
codeGroup: EQUAL members+=place (DUN members+=place)* (EXCEPT except+=place (DUN except+=place)*)? ;
entry    : name=NAME kind=NAME? ;

parameter: PARAMETER name=NAME COLON type_=type (EOL values+=dated)* ;
// Several values are the members of a set.
dated    : FROM since=DATE BE ( value=cond | members+=constant (DUN members+=constant)+ ) (KNOWN_UNTIL until=DATE)? ;

reference: REFERENCE name=NAME LEFT keys+=NAME (COMMA keys+=NAME)* RIGHT COLON type_=type
           (SOURCE source=NAME)? parent_=USE_PARENT? (SEP rows+=plainRow)* ;
plainRow : BAR cells+=constant (BAR cells+=constant)* BAR ;

definition
  : DEFINE name=path (COLON type_=type headRounding=rounding?)? ( EQUAL value=whole )?
    (EOL general_=general)? (EOL exceptions+=exceptionLine)*
  ;
general  : GENERAL value=amount tails+=tail* ;
exceptionLine : EXCEPTION body=exceptionClause ;
exceptionElsewhere : EXCEPTION name=path body=exceptionClause ;
exceptionClause : WHEN condition=cond BE value=amount cite=citation? ;

document : DOCUMENT title=TEXT attributes+=attribute* ;
use      : USE module=NAME version=NUMBER? ;
imported : IMPORT name=NAME (WHERE pairs+=pair (COMMA pairs+=pair)*)? ;
pair     : left=NAME (EQUAL right=expr | missing=MISSING) ;

policy   : POLICY name=NAME attributes+=attribute* (EOL lines+=policyLine)* ;
attribute
  : word=ATTRIBUTE ( raw=RAW | values+=constant (DUN? values+=constant)* (TO upper=constant)? (LEFT of=path RIGHT)? )
  | cite=citation
  | once=ONCE per=PER?
  ;

policyLine
  : SUBJECT schemaName=NAME (WHERE where=clause)?           # subjectLine
  | CONDITION condition=lineCondition                       # conditionLine
  | EXCEPT condition=lineCondition                          # exclusionLine
  | word=ITEM (name=NAME COLON)? value=amount tails+=tail*  # itemLine
  | caps+=cap (COMMA caps+=cap)*                            # capLine
  | word=CLASSIFY value=amount tails+=tail*                 # conclusionLine
  | word=CONCLUDE value=amount tails+=tail*                 # conclusionLine
  | word=ASSESS (name=NAME COLON)? value=amount tails+=tail* # conclusionLine
  | ONCE per=PER?                                           # onceLine
  | SHARE shares+=share (DUN shares+=share)*                # shareLine
  | REQUIRE words+=NAME (DUN words+=NAME)*                  # requirementLine
  | selected=selection                                      # selectionLine
  | paid=schedule                                           # scheduleLine
  | RECLAIM what=NAME share_=NUMBER WHEN condition=clause    # reclaimLine
  | body=alert                                              # alertLine
  ;

// 分期: one grant, paid in parts.
schedule : INSTALMENTS ( count=NUMBER IN_EQUAL_PARTS | COLON? parts+=instalment (SEP parts+=instalment)* ) ;
instalment : name=NAME COLON? ( plain=NUMBER | rest=MAKE_UP ) ;

// 遴选: of those who meet the conditions, the best so many.
selection: SELECT BY by=expr order=ORDER TAKE how=PREFIX count=expr (TIE BY tie=expr tieOrder=ORDER)? ;

group    : GROUP name=NAME (SEP? words+=groupWord)* (EOL members+=memberLine)* ;
groupWord: per=PER | one=GROUP_RULE | word=CAP most=expr | CUT how=MANNER | AHEAD others+=NAME (DUN others+=NAME)* ;
memberLine : MEMBERS ( names+=NAME (DUN names+=NAME)* | WHEN tests+=memberTest (AND tests+=memberTest)* ) ;
memberTest : word=ATTRIBUTE EQUAL values+=constant (DUN values+=constant)* ;

budget   : BUDGET name=NAME pool=expr per+=PER* (COLON SEP? stages+=budgetStage (SEP stages+=budgetStage)*)? (SEP? words+=budgetWord)* ;
budgetStage : name=NAME part=NUMBER ;
budgetWord
  : USED_FOR names+=NAME (DUN names+=NAME)*
  | OVERRUN ( how=MANNER | BY by=expr order=ORDER )
  | ALLOT BY weight=expr
  | EACH_HOLDER word=CAP most=expr
  | REMAINDER rest=REST
  ;

// 群体: among whom one is ranked.
cohort   : COHORT name=NAME ((SEP | EOL)? words+=cohortWord)* ;
cohortWord
  : SUBJECT schemaName=NAME
  | whole_=WHOLE
  | WHEN condition=cond
  | GROUPED by+=expr (DUN by+=expr)*
  | LACKING how=(NOT_COUNTED | OUTCOME)
  ;

// 统计: one record for each group of other records, or of the rows of a list of theirs.
tally    : TALLY name=NAME BY by+=path (DUN by+=path)* COLON? (SEP? rows+=tallyRow (SEP rows+=tallyRow)*)? ;
tallyRow : name=NAME COLON type_=type headRounding=rounding? EQUAL value=cond ;

alert    : ALERT name=NAME rows+=alertRow (SEP rows+=alertRow)* ;
alertRow : labels+=NAME (COMMA labels+=NAME)* WHEN condition=cond cite=citation? ;

test     : TEST title=RAW (EOL attributes+=attribute+)* (EOL (GIVEN (settings+=setting | given+=record) (SEP (settings+=setting | given+=record))* | EXPECT expected+=expectation (SEP expected+=expectation)*))* ;
record   : schemaName=NAME? label=NAME COLON ( SAME same=NAME (COMMA facts+=fact)* | facts+=fact (COMMA facts+=fact)* ) ;
// A parameter or a row of a 参照表 that holds for this test.
setting  : name=NAME (LEFT keys+=constant (COMMA keys+=constant)* RIGHT)? ( EQUAL values+=given_ (DUN values+=given_)* | missing=MISSING ) ;
fact     : column=PERIOD EQUAL values+=given_ | (period_=PERIOD | year=DATE)? name=path ( EQUAL (values+=given_ (DUN values+=given_)* | records+=factRecord (DUN records+=factRecord)*) | missing=MISSING ) ;
given_   : minus=MINUS? value=constant ;
factRecord : LEFT (facts+=fact (COMMA facts+=fact)*)? RIGHT ;
expectation : label=NAME? what=path ( EQUAL value=given_ | outcome=OUTCOME )? (MISSING missing+=lacking (DUN missing+=lacking)*)? ;
lacking  : (period_=PERIOD | year=DATE)? name=path ;

// ---- amounts ----------------------------------------------------------------------------------------------------

whole    : isTable=table | value=amount tails+=tail* ;
amount   : isLadder=ladder | isList=list | isCond=cond ;
tail     : COMMA ( atMost=cap | rounded=rounding ) | COMMA? ( WHEN when=cond | cite=citation | SHARE shares+=share (DUN shares+=share)* | selected=selection | paid=schedule ) ;
cap      : word=CAP most=expr per+=PER* ;
rounding : how=ROUND (UNTO unit=UNIT)? | KEEP digits=NUMBER how=ROUND? ;
share    : party=NAME part=NUMBER ;
citation : CITE raw=RAW ;

ladder   : word=LADDER hit=HIT? subject=expr? COLON rows+=row (SEP rows+=row)* ;
row      : key=rowKey COLON value=cond ;
rowKey
  : otherwise=OTHERWISE
  | bounds+=bound+
  | dates+=dateBound+
  | span_=range
  | values+=constant (DUN values+=constant)+ (EXCEPT except+=place (DUN except+=place)*)?
  | values+=constant EXCEPT except+=place (DUN except+=place)*
  | condition=cond
  ;

// `不早于 2020-01-01 早于 2022-01-01：` of a ladder over dates.
dateBound: word=RELATION value=expr ;

table    : TABLE hit=HIT? subject=expr? COLON (EOL LET letters+=letter ((SEP | COMMA) letters+=letter)* SEP)?
           header=tableHeader (SEP rows+=tableRow)* ;
letter   : name=NAME EQUAL value=expr (LEFT unit=UNIT RIGHT)? ;
tableHeader : BAR corner=NAME (BAR classes+=constant)* BAR ;
tableRow : BAR key=rowKey (BAR cells+=cell)* BAR ;
cell     : otherwise=OTHERWISE | dash=MINUS | conditions+=comparison+ ;
comparison : operands+=constant ops+=(COMPARE | EQUAL) operands+=constant (ops+=COMPARE operands+=constant)? ;

// ---- conditions and values: one set of rules, the checker tells them apart by type --------------------------------

lineCondition : isList=list | isClause=clause ;
list     : head=quantifier COLON members+=member (SEP members+=member)* ;
quantifier : word=QUANTIFIER | word=AT_LEAST_OF count=NUMBER ;
member   : mark=MARK ( inner=innerList | condition=clause ) ;
innerList: head=quantifier COLON members+=innerMember (SEP members+=innerMember)* ;
innerMember : mark=INNER_MARK condition=clause ;

// A clause is a condition whose conjuncts can carry a citation.
clause   : terms+=cited (ops+=(AND | OR) terms+=cited)* ;
cited    : condition=negation cite=citation? ;
cond     : terms+=negation (ops+=(AND | OR) terms+=negation)* ;
negation : nots+=NOT* body=relation ;

relation
  : left=expr
    ( bounds+=bound+
    | span_=range
    | belongs=BELONGS members+=element (DUN members+=element)* (EXCEPT except+=place (DUN except+=place)*)?
    | ops+=(EQUAL | COMPARE) operands+=expr (ops+=(EQUAL | COMPARE) operands+=expr)?
    | inside=(IN | NOT_IN) low=expr lowMark=END_MARK? (TO high=expr highMark=END_MARK?)? INSIDE
    | word=(IS | IS_NOT | RELATION) right=expr
    | full=FULL length=NUMBER
    )?
  ;
bound    : prefix=PREFIX value=expr | at=limit mark=END_MARK? postfix=POSTFIX ;
range    : low=limit lowMark=END_MARK? TO high=limit highMark=END_MARK? ;
place    : name=path | plain=(TEXT | NUMBER) ;   // 330106 is a place
// `在库年度 包含 本年`.
element  : at=place | plain=(PERIOD | DATE) ;

expr     : minus=MINUS? terms+=factor (ops+=(PLUS | MINUS | TIMES | DIVIDE) terms+=factor)* ;
factor   : head=primary suffixes+=suffix* ;
suffix
  : word=EACH_FULL step=NUMBER number=NUMBER
  | word=SHIFT number=NUMBER
  | word=SINCE number=NUMBER
  | word=DEFAULT default_=constant
  | word=NEXT_YEAR
  ;

// A literal, or a name that stands for one value: in a row key, after 缺省, in a test.
constant : plain=(NUMBER | ORDINAL | TOP | DATE | TEXT | IS | NO | PERIOD) | name=path ;
// What may stand before 以上 and at the ends of a range.
limit    : minus=MINUS? plain=NUMBER | plain=(ORDINAL | TOP | DATE | PERIOD) | name=path ;

primary
  : plain=(NUMBER | ORDINAL | TOP | TEXT | IS | NO)
  | date=DATE indexed=path?
  | period=PERIOD (indexed=path | every=EVERY LEFT each=cond RIGHT)?
  | every=EVERY LEFT each=cond RIGHT
  | named=reference_
  | count=TOP_ITEMS args=arguments
  | yearCount=YEAR_COUNT LEFT FROM from=expr anniversaries=ANNIVERSARIES? RIGHT
  | bracketed=bracket
  ;
reference_ : name=path args=arguments? ;
arguments : LEFT (items+=argument (COMMA items+=argument)*)? RIGHT ;
argument
  : first=cond (COLON each=cond)?
  | order=ORDER
  | WHERE where=cond
  | DISTINCT distinct+=path (DUN distinct+=path)*
  ;
bracket
  : left=LEFT ( isLadder=ladder | operands+=cond part=PART? (COMMA operands+=cond)* ) tails+=tail* right=RIGHT
    pick=PICK? rounded=rounding?
  ;
path     : parts+=NAME (DOT parts+=NAME)* ;
