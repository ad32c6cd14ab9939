namespace Sigma.Tests.Pipelines;

/// <summary>The transformations of values (docs/pipelines.md, "Values").</summary>
public class ValueTransformationTests
{
    [Theory]
    [InlineData("value: x*", "'x*'")]
    [InlineData("value: 5", "5")]
    [InlineData("value: true", "true")]
    [InlineData("value: null", "null")]
    [InlineData("value: 5, force_type: str", "'5'")]
    [InlineData("value: '0x', force_type: str", "'0x'")]
    [InlineData("value: '7', force_type: num", "7")]
    public void Transformation_set_value_sets_a_constant(string parameters, string expected) =>
        PipedRule.Through("{a: [1, b]}", $"{{type: set_value, {parameters}}}").Rule.Should().Be($"a={expected}");

    [Theory]
    [InlineData("value: x, force_type: num", "SIG0409 x")]
    [InlineData("value: null, force_type: str", "SIG0409 null")]
    [InlineData("value: 1, force_type: int", "SIG0409 int")]
    [InlineData("force_type: num", "SIG0407 ^{type: set_value")]
    public void Transformation_set_value_refuses_what_does_not_go_together(string parameters, string findings) =>
        PipedRule.Through("{a: 1}", $"{{type: set_value, {parameters}}}").Findings.Should().Be(findings);

    [Fact]
    public void Transformation_convert_type_makes_texts_of_numbers_and_numbers_of_texts()
    {
        PipedRule.Through("{a: [1, x, 1.5]}", "{type: convert_type, target_type: str}").Rule.Should().Be("a='1'|'x'|'1.5'");
        PipedRule.Through("{a: ['1', '007', '1.50', 3, '0x1F4']}", "{type: convert_type, target_type: num}").Rule.Should().Be("a=1|7|1.5|3|500");
    }

    [Fact]
    public void Transformation_convert_type_writes_whole_numbers_in_hexadecimal() =>
        PipedRule.Through("{a: [0, 500, '4', '0x1f', x, 1.5, -1, 18446744073709551616]}", "{type: convert_type, target_type: hex}").Rule
            .Should().Be("a='0x0'|'0x1f4'|'0x4'|'0x1f'|'x'|1.5|-1|18446744073709551616");

    [Fact]
    public void Transformation_convert_type_works_inside_expansions() =>
        PipedRule.Through("{a: x}", "{type: map_string, mapping: {x: ['1', '2']}}", "{type: convert_type, target_type: num}").Rule.Should().Be("a={1,2}");

    [Fact]
    public void Transformation_convert_type_refuses_a_text_that_is_no_number() =>
        PipedRule.Through("{a: ['1', x]}", "{type: convert_type, target_type: num}").Findings.Should().Be("SIG0420 x");

    [Theory]
    [InlineData("lower", @"'\cmd*.exe?'")]
    [InlineData("upper", @"'\CMD*.EXE?'")]
    [InlineData("snake_case", @"'\cmd*.exe?'")]
    public void Transformation_case_changes_literal_parts(string method, string expected) =>
        PipedRule.Through(@"{a: '\Cmd*.Exe?'}", $"{{type: case, method: {method}}}").Rule.Should().Be("a=" + expected);

    [Fact]
    public void Transformation_case_in_snake_case_and_its_default()
    {
        PipedRule.Through("{a: [ParentImage, EventID]}", "{type: case, method: snake_case}").Rule.Should().Be("a='parent_image'|'event_id'");
        PipedRule.Through("{a: Xy}", "{type: case}").Rule.Should().Be("a='xy'");
        PipedRule.Through("{a: Xy}", "{type: case, method: title}").Findings.Should().Be("SIG0409 title");
    }

    [Fact]
    public void Transformation_map_string_maps_exact_values_to_one_or_any_of_several() =>
        PipedRule.Through("{a: [x, X, y, z]}", "{type: map_string, mapping: {x: 'n*', y: [u, v]}}").Rule.Should().Be("a='n*'|'X'|{'u','v'}|'z'");

    [Theory]
    [InlineData("a: [x, X, xy]", "a='n'|'n'|'xy'")]
    [InlineData("a: Y*", "a='m'")]
    [InlineData("a|cased: [X, x]", "a='X'c|'n'c")]
    public void Transformation_map_string_disregards_case_where_it_says_so(string item, string expected) =>
        PipedRule.Through($"{{{item}}}", "{type: map_string, mapping: {x: n, 'y*': m}, ignore_case: true}").Rule.Should().Be(expected);

    [Fact]
    public void Transformation_map_string_maps_to_the_absence_of_the_field() =>
        PipedRule.Through("{a: [x, '-', '']}", "{type: map_string, mapping: {'-': null, '': null}}").Rule.Should().Be("a='x'|null|null");

    [Theory]
    [InlineData("{type: map_string, mapping: {b: null}}")]
    [InlineData("{type: set_value, value: null}")]
    public void A_keyword_does_not_become_the_absence_of_a_field(string step) =>
        PipedRule.Through("[b, z]", step).Findings.Should().Be("SIG0420 b");

    [Fact]
    public void Transformation_map_string_to_several_stays_any_of_them_under_all() =>
        PipedRule.Through("{a|all: [x, y]}", "{type: map_string, mapping: {x: [u, v]}}").Rule.Should().Be("a=all {'u','v'}|'y'");

    [Theory]
    [InlineData(@"'C:\Temp\\*'", @"regex: '^C:\\Temp', replacement: 'D:'", @"'D:\\*'")]
    [InlineData(@"'ab12'", @"regex: '([a-z]+)(?P<n>\d+)', replacement: '\g<n>-\1'", @"'12-ab'")]
    [InlineData(@"'a*b'", @"regex: '\*', replacement: '?'", @"'a?b'")]
    [InlineData(@"'a*b'", @"regex: 'b$', replacement: 'c*', skip_special: true", @"'a*c\*'")]
    [InlineData(@"'a*b'", @"regex: 'b$', replacement: 'c*', skip_special: true, interpret_special: true", @"'a*c*'")]
    [InlineData(@"'a*b'", @"regex: '\*', replacement: '', skip_special: true", @"'a*b'")]
    [InlineData(@"'\\\\host\\share'", @"regex: '^\\\\host', replacement: '\\\\srv'", @"'\\\srv\share'")]
    [InlineData("4624", "regex: '^46', replacement: '47'", "'4724'")]
    [InlineData("4624", "regex: '^5', replacement: '47'", "4624")]
    [InlineData("true", "regex: 't', replacement: 'f'", "true")]
    public void Transformation_replace_string_replaces_in_texts(string value, string parameters, string expected) =>
        PipedRule.Through($"{{a: {value}}}", $"{{type: replace_string, {parameters}}}").Rule.Should().Be($"a={expected}");

    [Fact]
    public void Transformation_replace_string_leaves_placeholders_in_place() =>
        PipedRule.Through("{a|expand: 'x%p%x'}", "{type: replace_string, regex: x, replacement: y}").Rule.Should().Be("a='y%p%y'");

    [Fact]
    public void Transformation_replace_string_points_into_a_broken_pattern()
    {
        PipedRule.Through("{a: b}", "{type: replace_string, regex: 'a(b', replacement: y}").Findings.Should().Be("SIG0216 (");
        PipedRule.Through("{a: b}", @"{type: replace_string, regex: 'a', replacement: '\2'}").Findings.Should().Be(@"SIG0409 \2");
        PipedRule.Through("{a: b}", "{type: replace_string, regex: 'a'}").Findings.Should().Be("SIG0407 ^{type: replace_string");
    }

    [Theory]
    [InlineData("Ab.", "", @"/^[aA][bB]\.\z/")]
    [InlineData("Ab.", ", method: ignore_case_brackets", @"/^[aA][bB]\.\z/")]
    [InlineData("Ab.", ", method: ignore_case_flag", @"/^Ab\.\z/IgnoreCase")]
    [InlineData("Ab.", ", method: plain", @"/^Ab\.\z/")]
    [InlineData("*Ab", ", method: plain", @"/Ab\z/")]
    [InlineData("'Ab*'", ", method: plain", "/^Ab/")]
    [InlineData("'A*b?c'", ", method: plain", @"/^A.*b.c\z/DotAll")]
    [InlineData("''", "", "''")]
    [InlineData("5", "", "5")]
    public void Transformation_regex_makes_an_expression_of_the_same_meaning(string value, string method, string expected) =>
        PipedRule.Through($"{{a: {(value[0] == '*' ? $"'{value}'" : value)}}}", $"{{type: regex{method}}}").Rule.Should().Be($"a={expected}");

    [Fact]
    public void Transformation_regex_lets_case_count_where_the_rule_does() =>
        PipedRule.Through("{a|cased: Ab}", "{type: regex}").Rule.Should().Be(@"a=/^Ab\z/");

    [Fact]
    public void Transformation_regex_refuses_a_placeholder() =>
        PipedRule.Through("{a|expand: '%p%'}", "{type: regex}").Findings.Should().Be("SIG0420 '%p%'");

    [Fact]
    public void Transformation_drop_detection_item_drops_what_the_conditions_select() =>
        PipedRule.Through("{a: 1, b: 2}", "{type: drop_detection_item, field_name_conditions: [{type: include_fields, fields: [b]}]}").Rule.Should().Be("a=1");
}
